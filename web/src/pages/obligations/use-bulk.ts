import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import type { Problem } from '../../api/problem.ts'
import { asProblem } from '../../api/query.ts'
import { readAnew } from '../../api/read-anew.ts'
import { keyPerBody } from '../../api/send-key.ts'
import { hasPermission } from '../../session/may.ts'
import { useMarkSeen } from '../../session/seen.ts'
import { useMe } from '../../session/use-me.ts'
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

/** Acts on many: after a while in which it can be taken back it is sent once, followed to its end, and can be taken back as a whole. */
export function useBulk() {
  const left = ref(0)
  const count = ref(0)
  const label = ref('')
  const sending = ref(false)
  const takenBack = ref(false)
  const run = ref<BulkRun | null>(null)
  const problem = ref<Problem | null>(null)
  const markSeen = useMarkSeen()
  const busy = computed(() => left.value > 0 || sending.value)
  let timer: ReturnType<typeof setInterval> | undefined
  const key = keyPerBody()
  let isLeft = false

  function takeBack(): void {
    clearInterval(timer)
    if (left.value > 0) takenBack.value = true
    left.value = 0
  }

  function start(chosen: Chosen, deed: Deed, done: () => void): void {
    run.value = problem.value = null
    takenBack.value = false
    left.value = SECONDS
    count.value = countOf(chosen)
    label.value = deed.label
    timer = setInterval(() => {
      left.value -= 1
      if (left.value > 0) return
      clearInterval(timer)
      void working(() => send(chosen, deed, done))
    }, 1_000)
  }

  async function send(chosen: Chosen, { body: action }: Deed, done: () => void): Promise<void> {
    const body = { ...choiceOf(chosen), action }
    const headers = { 'Idempotency-Key': key.keyOf(body) }
    const sent = api.POST('/v1/obligations/actions', { headers, body })
    const answer = await bodyFrom(sent).catch((error: unknown) => {
      key.answered(error)
      throw error
    })
    key.taken()
    done()
    // One's own act is no change to be told of.
    markSeen(doneIn(answer.items))
    if (!answer.run) return
    const ended = await follow(answer.run)
    if (answer.items.length === 0) markSeen(await itemsIn('done', ended.id))
  }

  async function working(work: () => Promise<void>): Promise<void> {
    sending.value = true
    problem.value = null
    try {
      await work()
    } catch (error) {
      problem.value = asProblem(error)
    } finally {
      sending.value = false
      readAnew()
    }
  }

  const follow = (begun: BulkRun) =>
    followRun(begun, {
      ask: askRun,
      tell: (now) => (run.value = now),
      pause: () => new Promise((resolve) => setTimeout(resolve, POLL_MS)),
      isLeft: () => isLeft,
    })

  /** Takes back all that was done, or stops what is left. */
  function act(action: 'undo' | 'stop'): void {
    const id = run.value?.id
    if (id === undefined) return
    const asked = () =>
      bodyFrom(api.POST('/v1/bulk-runs/{id}/actions', { params: { path: { id } }, body: { action } }))
    // What is being followed goes on being followed.
    if (sending.value)
      void asked().then(
        (now) => (run.value = now),
        (error: unknown) => (problem.value = asProblem(error)),
      )
    else
      void working(async () => {
        const ended = await follow(await asked())
        // Nor is taking it back, which is the next version.
        const undone = await itemsIn('undone', ended.id)
        markSeen(undone.map(({ id, version }) => ({ id, version: version + 1 })))
      })
  }

  /** Whoever left the page or read it anew sees what they asked for last. */
  async function showNewest(): Promise<void> {
    const runs = await bodyFrom(api.GET('/v1/bulk-runs')).catch(unlessFinal)
    const newest = runToShow(runs?.items ?? [])
    if (newest === null || busy.value || run.value) return
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
  const undoTimer = setInterval(() => void readUndo().catch(tell), UNDO_POLL_MS)
  const { data: me } = useMe()
  watch(
    () => hasPermission(me.value, 'obligations:act'),
    (acts) => (acts ? void showNewest().catch(tell) : undefined),
    { immediate: true },
  )

  onBeforeUnmount(() => {
    takeBack()
    clearInterval(undoTimer)
    isLeft = true
  })
  return { left, count, label, sending, takenBack, run, problem, busy, start, takeBack, act }
}

const askRun = (id: string) => bodyFrom(api.GET('/v1/bulk-runs/{id}', { params: { path: { id } } }))

/** So many are marked as seen after a long run: more than a list shows. */
const MOST_PAGES = 5

async function itemsIn(state: 'done' | 'undone', id: string): Promise<{ id: string; version: number }[]> {
  const all: { id: string; version: number }[] = []
  let cursor: string | null = ''
  for (let page = 0; cursor !== null && page < MOST_PAGES; page += 1) {
    const query: { state: 'done' | 'undone'; limit: number; cursor?: string } = { state, limit: 200 }
    const params = { path: { id }, query: cursor === '' ? query : { ...query, cursor } }
    const answer: { items: { id: string; version: number | null }[]; nextCursor: string | null } =
      await bodyFrom(api.GET('/v1/bulk-runs/{id}/items', { params }))
    all.push(
      ...answer.items.flatMap((one) => (one.version === null ? [] : [{ id: one.id, version: one.version }])),
    )
    cursor = answer.nextCursor
  }
  return all
}
