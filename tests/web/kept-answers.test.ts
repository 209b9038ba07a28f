import { QueryObserver } from '@tanstack/vue-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null })
vi.stubGlobal('location', { origin: 'http://any.invalid' })
const { queryClient } = await import('../../web/src/api/query.ts')
const { dropKept } = await import('../../web/src/session/forget.ts')
const { endShownFirst, isShownFirst, recordAnswer, showFirst, shownFirst } =
  await import('../../web/src/session/kept-answers.ts')

const KEY = ['obligation', 'ob_1']
const URL_OF_ITEM = 'http://any.invalid/v1/obligations/ob_1'
const KEPT_AT = Date.UTC(2026, 0, 5)
const state = () => queryClient.getQueryState(KEY)
let leave = () => {}

/** Asks for what is shown first, as an open page does, and is answered with that status. */
async function answer(status: number, data = 'of today'): Promise<void> {
  const queryFn = () => {
    recordAnswer(new Response(null, { status }), URL_OF_ITEM)
    return status === 200 ? Promise.resolve(data) : Promise.reject(new Error(String(status)))
  }
  const page = new QueryObserver(queryClient, { queryKey: KEY, queryFn, retry: false, staleTime: Infinity })
  leave = page.subscribe(() => undefined)
  await page.refetch()
  endShownFirst()
}

beforeEach(() => showFirst('/v1/obligations/ob_1', KEY, 'of yesterday', KEPT_AT))
afterEach(() => {
  leave()
  leave = () => {}
  queryClient.clear()
  dropKept()
})

it('what was kept is shown with its date until its answer comes', async () => {
  expect(shownFirst.value).toBe('2026-01-05T00:00:00.000Z')
  expect(isShownFirst(state()?.dataUpdatedAt ?? 0)).toBe(true)
  await answer(200)
  expect(state()?.data).toBe('of today')
  expect(isShownFirst(state()?.dataUpdatedAt ?? 0)).toBe(false)
  expect(shownFirst.value).toBeNull()
})

it.each([403, 404])('what is refused with %i is not shown any more', async (status) => {
  await answer(status)
  expect(state()).toMatchObject({ data: undefined, status: 'error' })
  expect(shownFirst.value).toBeNull()
})

it('where the server fails, what was kept stays, and its date with it, while a page shows it', async () => {
  await answer(500)
  expect(state()?.data).toBe('of yesterday')
  expect(shownFirst.value).not.toBeNull()
  leave()
  endShownFirst()
  expect(shownFirst.value).toBeNull()
  await answer(503)
  expect(shownFirst.value).not.toBeNull()
  await answer(200)
  expect(shownFirst.value).toBeNull()
})

it('what was kept does not take the place of an answer that came first', async () => {
  await answer(200)
  showFirst('/v1/obligations/ob_1', KEY, 'of yesterday', KEPT_AT)
  expect(state()?.data).toBe('of today')
  expect(shownFirst.value).toBeNull()
})

it('what no page asks for is not shown, and nothing is after a sign-out', () => {
  endShownFirst()
  expect(shownFirst.value).toBeNull()
  showFirst('/v1/obligations/ob_1', KEY, 'of yesterday', KEPT_AT)
  dropKept()
  expect(shownFirst.value).toBeNull()
})
