import { computed, onBeforeUnmount, ref } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import type { Problem } from '../../api/problem.ts'
import { asProblem } from '../../api/query.ts'
import { readAnew } from '../../api/read-anew.ts'
import { useMarkSeen } from '../../session/seen.ts'
import { type BulkProgress, doneIn, runBulk } from './bulk-run.ts'

/** So long what was pressed can be taken back: until then nothing was sent. */
const SECONDS = 5

/** Signs for many: after a while in which it can be taken back, a part at a time, with what became of each. */
export function useBulk() {
  const left = ref(0)
  const count = ref(0)
  const running = ref(false)
  const stopped = ref(false)
  const progress = ref<BulkProgress | null>(null)
  const problem = ref<Problem | null>(null)
  const markSeen = useMarkSeen()
  let timer: ReturnType<typeof setInterval> | undefined

  function takeBack(): void {
    clearInterval(timer)
    left.value = 0
    stopped.value = true
  }

  function start(ids: readonly string[], done: () => void): void {
    progress.value = problem.value = null
    stopped.value = false
    left.value = SECONDS
    count.value = ids.length
    timer = setInterval(() => {
      left.value -= 1
      if (left.value > 0) return
      clearInterval(timer)
      void run(ids, done)
    }, 1_000)
  }

  async function run(ids: readonly string[], done: () => void): Promise<void> {
    running.value = true
    try {
      await runBulk(
        ids,
        acknowledge,
        (now) => (progress.value = now),
        () => stopped.value,
      )
      done()
    } catch (error) {
      problem.value = asProblem(error)
    } finally {
      running.value = false
      // One's own act is no change to be told of.
      markSeen(doneIn(progress.value?.items ?? []))
      readAnew()
    }
  }

  onBeforeUnmount(takeBack)
  const busy = computed(() => left.value > 0 || running.value)
  return { left, count, running, stopped, progress, problem, busy, start, takeBack }
}

async function acknowledge(ids: readonly string[]) {
  const body = { ids: [...ids], action: { action: 'acknowledge' as const } }
  return (await bodyFrom(api.POST('/v1/obligations/actions', { body }))).items
}
