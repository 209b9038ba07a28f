import { beforeEach, afterEach, expect, it, vi } from 'vitest'
import '../support/suite/globals-back.ts'

vi.stubGlobal('localStorage', { getItem: () => null })
const kept = new Map<string, string>()
vi.stubGlobal('sessionStorage', {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => kept.set(name, value),
})
const { api } = await import('../../web/src/api/client.ts')
const { Problem } = await import('../../web/src/api/problem.ts')
const { itemsDone } = await import('../../web/src/api/read-anew.ts')
const { dropKept } = await import('../../web/src/session/forget.ts')
const { makeBulk } = await import('../../web/src/pages/obligations/use-bulk.ts')

const RUN = { id: 'br_1', state: 'done', total: 1, left: 0, done: 1, undoUntil: '2022-06-13T07:10:00Z' }
const PASSES = { label: '通过', body: { action: 'accept' } } as const
const answered = { data: { items: [{ id: 'ob_1', done: true, version: 3 }], run: RUN } }
const post = vi.spyOn(api, 'POST')
const get = vi.spyOn(api, 'GET')

beforeEach(() => {
  vi.useFakeTimers()
  kept.clear()
  post.mockReset().mockResolvedValue(answered as never)
  get.mockReset().mockResolvedValue({ data: { items: [RUN] } } as never)
  vi.spyOn(api, 'PUT').mockResolvedValue({} as never)
})
afterEach(() => {
  dropKept()
  vi.useRealTimers()
})

type Sent = [path: string, options: { headers: Record<string, string> }]
const keysSent = () =>
  (post.mock.calls as unknown as Sent[]).map(([, { headers }]) => headers['Idempotency-Key'])
function begun() {
  const bulk = makeBulk()
  const done = vi.fn()
  bulk.start({ ids: ['ob_1'] }, PASSES, done)
  return { bulk, done }
}

it('whoever leaves the list has what they pressed sent at once, and once', async () => {
  const { bulk, done } = begun()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(bulk.sendNow()).toBe(true)
  expect(bulk.sendNow()).toBe(false)
  await vi.advanceTimersByTimeAsync(10_000)
  expect([post.mock.calls.length, done.mock.calls.length]).toEqual([1, 1])
  expect(bulk.run.value?.id).toBe('br_1')
})

it('what was taken back in time is not sent by leaving either', async () => {
  const { bulk } = begun()
  bulk.takeBack()
  expect([bulk.sendNow(), bulk.takenBack.value]).toEqual([false, true])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(post).not.toHaveBeenCalled()
})

it('what got no answer is sent again under the same key, wherever somebody is by then', async () => {
  post.mockRejectedValueOnce(new Problem(0, { detail: '连不上' }))
  const { bulk, done } = begun()
  bulk.sendNow()
  await vi.advanceTimersByTimeAsync(0)
  expect([bulk.unsent.value, bulk.problem.value?.status, done.mock.calls.length]).toEqual([true, 0, 0])
  bulk.again()
  await vi.advanceTimersByTimeAsync(0)
  expect([bulk.unsent.value, bulk.problem.value, done.mock.calls.length]).toEqual([false, null, 1])
  const [first, second] = keysSent()
  expect(second).toBe(first)
})

it('taking back is no longer offered once something else was done, nor on a page that is read anew', async () => {
  const { bulk } = begun()
  bulk.sendNow()
  await vi.advanceTimersByTimeAsync(0)
  expect(bulk.run.value?.id).toBe('br_1')
  itemsDone.value += 1
  expect(bulk.run.value).toBeNull()
  const anew = makeBulk()
  anew.showNewest()
  await vi.advanceTimersByTimeAsync(0)
  expect([get.mock.calls.length, anew.run.value]).toEqual([1, null])
})

it('the next thing done with many takes the place of the last', async () => {
  const { bulk } = begun()
  bulk.sendNow()
  await vi.advanceTimersByTimeAsync(0)
  bulk.start({ ids: ['ob_2', 'ob_3'] }, PASSES, () => undefined)
  expect([bulk.run.value, bulk.left.value, bulk.count.value]).toEqual([null, 5, 2])
  bulk.takeBack()
})

it('whoever signs in next is told of nothing, and nothing is sent in their name', async () => {
  const { bulk } = begun()
  dropKept()
  await vi.advanceTimersByTimeAsync(10_000)
  expect([post.mock.calls.length, bulk.busy.value, bulk.run.value]).toEqual([0, false, null])
})
