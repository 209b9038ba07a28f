import { expect, it, vi } from 'vitest'

/** A storage whose names are its own properties, as a browser's are. */
const storage = Object.create({
  getItem(this: Record<string, string>, name: string) {
    return this[name] ?? null
  },
  setItem(this: Record<string, string>, name: string, text: string) {
    this[name] = text
  },
  removeItem(this: Record<string, string>, name: string) {
    delete this[name]
  },
}) as Record<string, string> & Storage
vi.stubGlobal('localStorage', storage)
const page: { dubanAhead?: object } = {}
vi.stubGlobal('window', page)
vi.stubGlobal('location', new URL('http://any.invalid/app/'))
const RelativeRequest = class extends Request {
  constructor(path: string, options?: RequestInit) {
    super(new URL(path, 'http://any.invalid'), options)
  }
}
vi.stubGlobal('Request', RelativeRequest)
const erased = vi.fn(() => Promise.resolve(true))
vi.stubGlobal('caches', { delete: erased })
const asked = vi.fn<(request: Request) => Promise<Response>>()
vi.stubGlobal('fetch', asked)
// Another file of tests may have made a client of the API with the browser's own.
vi.resetModules()
const { dropDrafts, useDraft } = await import('../../web/src/session/draft.ts')
const { queryClient } = await import('../../web/src/api/query.ts')
const { askedMe, forgetMe } = await import('../../web/src/session/use-me.ts')
const { heldFile, holdFile, queueSheets } = await import('../../web/src/pages/imports/held-files.ts')

it('a file that was held for its other sheets is gone once its sender is signed out', () => {
  holdFile('im_1', new File(['身份证号'], '预警.xlsx'))
  expect(queueSheets('im_1', ['表一', '表二'])).toBe('表一')
  expect(heldFile('im_1')?.next).toEqual(['表二'])
  forgetMe()
  expect(heldFile('im_1')).toBeNull()
})

it('what was asked for ahead under one session is no answer under the next', () => {
  page.dubanAhead = {}
  forgetMe()
  expect(page.dubanAhead).toBeUndefined()
})

it('nor does the device keep what was read, also where no worker sees the sign-out', () => {
  erased.mockClear()
  forgetMe()
  expect(erased).toHaveBeenCalledWith('duban-answers')
})

it.each([
  ['somebody else', 'pe_2', undefined],
  ['the same person', 'pe_1', 'of pe_1'],
])('what was kept of a person is shown on to %s: %s', async (_whom, id, shown) => {
  erased.mockClear()
  asked.mockResolvedValue(Response.json({ id, permissions: [], clock: { today: '2022-06-08' } }))
  queryClient.setQueryData(['me'], { id: 'pe_1' }, { updatedAt: 1 })
  queryClient.setQueryData(['home'], 'of pe_1')
  await queryClient.fetchQuery({ ...askedMe, staleTime: 0 })
  expect(queryClient.getQueryData(['home'])).toBe(shown)
  expect(erased).toHaveBeenCalledTimes(shown ? 0 : 1)
})

it('whoever signs out leaves no draft, and the looks they chose', async () => {
  forgetMe()
  storage.setItem('duban.theme', 'dark')
  const { draft } = useDraft('ob_1', 'submit', { note: '' })
  draft.fields['note'] = '已入户'
  await expect.poll(() => Object.keys(storage)).toHaveLength(2)
  dropDrafts()
  expect(Object.keys(storage)).toEqual(['duban.theme'])
})
