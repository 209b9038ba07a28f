import { QueryClient, VUE_QUERY_CLIENT } from '@tanstack/vue-query'
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createApp, effectScope, ref } from 'vue'

vi.stubGlobal('localStorage', { getItem: () => null })
const { api } = await import('../../web/src/api/client.ts')
const { Problem } = await import('../../web/src/api/problem.ts')
const { useReviewQueue } = await import('../../web/src/pages/review/use-review.ts')

const PAGE = 200
/** The ids that wait, and those that are no longer in review. */
let waiting: string[] = []
const settled = new Set<string>()
let pages = 0
let scope = effectScope()

type Asked = { params: { path?: { id: string }; query?: { cursor?: string } } }
const asked = vi.spyOn(api, 'GET').mockImplementation(((route: string, { params }: Asked) => {
  if (route === '/v1/obligations') {
    pages++
    const from = Number(params.query?.cursor ?? 0)
    const items = waiting.slice(from, from + PAGE).map((id) => ({ id }))
    const nextCursor = from + PAGE < waiting.length ? String(from + PAGE) : null
    return Promise.resolve({ data: { items, nextCursor } })
  }
  const id = params.path?.id ?? ''
  if (waiting.includes(id)) return Promise.resolve({ data: { id, holder: { assignment: 'review' } } })
  if (settled.has(id)) return Promise.resolve({ data: { id, holder: null } })
  return Promise.reject(new Problem(404, { code: 'not-found', detail: '' }))
}) as never)

beforeEach(() => {
  waiting = Array.from({ length: 2500 }, (_, nth) => `ob_${nth}`)
  settled.clear()
  pages = 0
  scope = effectScope()
})
afterEach(() => scope.stop())
afterAll(() => {
  asked.mockRestore()
  vi.unstubAllGlobals()
})

/** The queue as it is read where that one is looked for. */
async function readFor(id: string | null) {
  const app = createApp({})
  app.provide(VUE_QUERY_CLIENT, new QueryClient({ defaultOptions: { queries: { retry: false } } }))
  const sought = ref(id)
  const queue = app.runWithContext(() => scope.run(() => useReviewQueue(sought)))!
  await expect.poll(() => queue.data.value?.items.length).toBeGreaterThan(0)
  return { sought, queue, has: (one: string) => queue.data.value!.items.some((item) => item.id === one) }
}

it('one page is read where nothing is looked for', async () => {
  await readFor(null)
  expect(pages).toBe(1)
})

it('one that waits is found however far behind it stands', async () => {
  const { has } = await readFor('ob_2450')
  expect(has('ob_2450')).toBe(true)
})

it('what was decided is not looked for on page after page', async () => {
  const { queue, has } = await readFor('ob_0')
  waiting.shift()
  settled.add('ob_0')
  await queue.refetch()
  expect([pages, has('ob_0'), has('ob_1')]).toEqual([2, false, true])
})

it('nor is what is unknown', async () => {
  await readFor('ob_none')
  expect(pages).toBe(1)
})

it('read anew it is as long as it was: the one behind what was decided far behind is there', async () => {
  const { sought, queue, has } = await readFor('ob_450')
  waiting = waiting.filter((id) => id !== 'ob_450')
  sought.value = null
  pages = 0
  await queue.refetch()
  expect([pages, has('ob_451')]).toEqual([3, true])
})
