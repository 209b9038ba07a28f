import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { IDLE_MS as IDLE_OF_SESSIONS } from '../../src/services/access/sessions.ts'

const stored = new Map([['duban.signed-in', 'reads']])
const page: Pick<Window, 'dubanAhead'> = {}
const HOUR_MS = 3_600_000
let keptFor = 0
/** Everything was kept some hours ago. */
const match = () =>
  Promise.resolve(
    Response.json({}, { headers: { 'x-duban-kept-at': String(Date.now() - keptFor * HOUR_MS) } }),
  )
vi.stubGlobal('window', page)
vi.stubGlobal('self', { caches: { match } })
vi.stubGlobal('caches', { delete: () => Promise.resolve(true) })
vi.stubGlobal('fetch', () => new Promise(() => undefined))
const appended: { src?: string }[] = []
const append = (element: { src?: string }) => appended.push(element)
vi.stubGlobal('document', { createElement: () => ({}), head: { append } })
vi.stubGlobal('APP_FILE', '/app/assets/app.js')
vi.stubGlobal('PAGE_FILES', { overview: [], obligations: [], item: [], review: [] })
vi.stubGlobal('localStorage', {
  getItem: (name: string) => stored.get(name) ?? null,
  setItem: (name: string, text: string) => stored.set(name, text),
  removeItem: (name: string) => stored.delete(name),
})

/** How much is shown first as the app starts at that address. */
async function shownAt(pathname: string): Promise<number | undefined> {
  vi.stubGlobal('location', { pathname, search: '', origin: 'http://any.invalid' })
  vi.resetModules()
  await import('../../web/src/ahead/ahead.ts')
  return (await page.dubanAhead?.kept)?.length
}

// Files share a process: a document that lacks most of its methods misleads whoever looks for a browser.
afterAll(() => {
  vi.unstubAllGlobals()
})
beforeEach(() => {
  keptFor = 1
  stored.delete('duban.trusted')
})

it('a page of every day shows first what was kept, and no other does: it would reckon with the day of then', async () => {
  expect(await shownAt('/app/obligations')).toBe(3)
  expect(await shownAt('/app/year-plan')).toBe(0)
})

it('the app starts also where what comes ahead of it fails', async () => {
  const { getItem } = localStorage
  appended.length = 0
  localStorage.getItem = () => {
    throw new Error('no storage is allowed here')
  }
  try {
    await expect(shownAt('/app/obligations')).rejects.toThrow('no storage')
    await expect.poll(() => appended.some(({ src }) => src === '/app/assets/app.js')).toBe(true)
  } finally {
    localStorage.getItem = getItem
  }
})

it('once the session may be over, nothing is shown before the server is asked, save on a trusted device', async () => {
  const { IDLE_MS, noteSignedIn, noteTrusted } = await import('../../web/src/session/signed-in.ts')
  expect(IDLE_MS).toBe(IDLE_OF_SESSIONS)
  keptFor = 5
  expect(await shownAt('/app/obligations')).toBe(0)
  noteTrusted()
  expect(await shownAt('/app/obligations')).toBe(3)
  noteSignedIn(null)
  expect(stored.size).toBe(0)
})
