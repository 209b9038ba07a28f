import { computed, ref, watch } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import type { Problem } from '../../api/problem.ts'
import { asProblem } from '../../api/query.ts'
import { itemsDone, readAnew } from '../../api/read-anew.ts'
import { keyPerBody } from '../../api/send-key.ts'
import { dropAtSignOut } from '../../session/forget.ts'
import { noteSeen } from '../../session/seen.ts'
import { droppedRuns } from './bulk-dropped.ts'
import { askRun, itemsIn } from './bulk-items.ts'
import {
  type BulkBody,
  type BulkRun,
  choiceOf,
  type Chosen,
  countOf,
  doneIn,
  followRun,
  isAtWork,
  runToShow,
  unlessFinal,
} from './bulk-run.ts'

/** So long what was pressed can be taken back: until then nothing was sent. */
const SECONDS = 5
const POLL_MS = 1_000
/** So often it is asked whether a run can still be taken back: the service knows its clock. */
const UNDO_POLL_MS = 15_000

/** Something that many are done with: its label, and what was filled in for all of them. */
export type Deed = { label: string; body: BulkBody['action'] }

/**
 * Acts on many: after a while in which it can be taken back, or as soon as the list is left, it is sent once, followed to its end, and
 * can be taken back as a whole. It belongs to no page: what was pressed goes on wherever somebody goes.
 */
export function makeBulk() {
  const left = ref(0)
  const count = ref(0)
  const label = ref('')
  const sending = ref(false)
  const takenBack = ref(false)
  const run = ref<BulkRun | null>(null)
  const problem = ref<Problem | null>(null)
  /** What got no answer or was refused, to be sent again: whoever has left the list has nothing chosen any more. */
  const unsent = ref(false)
  const busy = computed(() => left.value > 0 || sending.value)
  let timer: ReturnType<typeof setInterval> | undefined
  const key = keyPerBody()
  /** Whoever has signed out is told of nothing any more. */
  let person = 0
  let send: () => Promise<void> = async () => {}

  function stopCounting(): void {
    clearInterval(timer)
    left.value = 0
  }

  function takeBack(): void {
    if (left.value > 0) takenBack.value = true
    stopCounting()
  }

  /** @param done told once it was taken */
  function start(chosen: Chosen, deed: Deed, done: () => void): void {
    drop()
    stopCounting()
    left.value = SECONDS
    count.value = countOf(chosen)
    label.value = deed.label
    send = () => sendOnce(chosen, deed, done)
    timer = setInterval(() => (left.value > 1 ? (left.value -= 1) : sendNow()), 1_000)
  }

  /** What is counted down is sent at once: nobody waits beside a list for it. @returns whether something was */
  function sendNow(): boolean {
    if (left.value === 0) return false
    stopCounting()
    void working(send)
    return true
  }

  async function sendOnce(chosen: Chosen, { body: action }: Deed, done: () => void): Promise<void> {
    const body = { ...choiceOf(chosen), action }
    const headers = { 'Idempotency-Key': key.keyOf(body) }
    unsent.value = true
    const sent = api.POST('/v1/obligations/actions', { headers, body })
    const answer = await bodyFrom(sent).catch((error: unknown) => {
      key.answered(error)
      throw error
    })
    key.taken()
    unsent.value = false
    done()
    // One's own act is no change to be told of.
    void noteSeen(doneIn(answer.items))
    if (!answer.run) return
    const ended = await follow(answer.run)
    if (answer.items.length === 0) void noteSeen(await itemsIn('done', ended.id))
  }

  async function working(work: () => Promise<void>): Promise<void> {
    const mine = person
    sending.value = true
    problem.value = null
    try {
      await work()
    } catch (error) {
      if (mine === person) problem.value = asProblem(error)
    } finally {
      if (mine === person) sending.value = false
      readAnew()
    }
  }

  function follow(begun: BulkRun): Promise<BulkRun> {
    const mine = person
    return followRun(begun, {
      ask: askRun,
      tell: (now) => void (mine === person && (run.value = now)),
      pause: () => new Promise((resolve) => setTimeout(resolve, POLL_MS)),
      isLeft: () => mine !== person,
    })
  }

  /** Takes back all that was done, or stops what is left. */
  function act(action: 'undo' | 'stop'): void {
    const id = run.value?.id
    if (id === undefined) return
    const asked = () =>
      bodyFrom(api.POST('/v1/bulk-runs/{id}/actions', { params: { path: { id } }, body: { action } }))
    // What is being followed goes on being followed.
    if (sending.value) void asked().then((now) => (run.value = now), tell)
    else
      void working(async () => {
        const ended = await follow(await asked())
        // Nor is taking it back, which is the next version.
        const undone = await itemsIn('undone', ended.id)
        void noteSeen(undone.map(({ id, version }) => ({ id, version: version + 1 })))
      })
  }

  /** Whoever reads the page anew sees what they asked for last, unless they have done with it. */
  async function showNewest(): Promise<void> {
    const runs = await bodyFrom(api.GET('/v1/bulk-runs')).catch(unlessFinal)
    const newest = runToShow(runs?.items ?? [])
    if (newest === null || busy.value || run.value || droppedRuns.has(newest.id)) return
    if (isAtWork(newest)) await working(async () => void (await follow(newest)))
    else run.value = newest
  }

  async function readUndo(): Promise<void> {
    const shown = run.value
    if (!shown?.undoUntil || busy.value) return
    const now = await askRun(shown.id).catch(unlessFinal)
    if (now && run.value === shown) run.value = now
  }
  const tell = (error: unknown) => void (problem.value = asProblem(error))

  /** What is over is told no longer, and not to whoever reads the page anew either. */
  function drop(): void {
    if (run.value) droppedRuns.add(run.value.id)
    run.value = problem.value = null
    takenBack.value = unsent.value = false
  }

  watch(
    () => Boolean(run.value?.undoUntil),
    (can, _before, onCleanup) => {
      if (!can) return
      const polling = setInterval(() => void readUndo().catch(tell), UNDO_POLL_MS)
      onCleanup(() => clearInterval(polling))
    },
  )
  // Beside what was done since, taking back looks as if it meant that.
  watch(itemsDone, () => busy.value || unsent.value || drop(), { flush: 'sync' })
  dropAtSignOut(() => {
    person += 1
    stopCounting()
    run.value = problem.value = null
    sending.value = takenBack.value = unsent.value = false
  })
  return {
    ...{ left, count, label, sending, takenBack, run, problem, unsent, busy },
    ...{ start, takeBack, sendNow, act, drop },
    again: () => void working(send),
    showNewest: () => void showNewest().catch(tell),
  }
}

/** The one of this page: two at once would each take the other's place. */
export const bulk = makeBulk()
