import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { forgetDrawnBy } from '../../web/src/session/drawn-pages.ts'

const ORIGIN = 'http://any.invalid'
const kept = new Set<string>()
const store = {
  keys: () => Promise.resolve([...kept].map((path) => ({ url: ORIGIN + path }))),
  delete: ({ url }: { url: string }) => Promise.resolve(kept.delete(url.slice(ORIGIN.length))),
}
vi.stubGlobal('caches', { open: () => Promise.resolve(store) })
afterAll(() => {
  vi.unstubAllGlobals()
})

beforeEach(() => {
  kept.clear()
  for (const path of ['/app/drawn/app/obligations', '/app/drawn/app/', '/v1/me']) kept.add(path)
})
const request = (path: string, method: string) => new Request(ORIGIN + path, { method })

it('whatever is done forgets the pages that were drawn, not the answers', async () => {
  forgetDrawnBy(request('/v1/obligations/ob_1/actions', 'POST'))
  await expect.poll(() => [...kept]).toEqual(['/v1/me'])
})

it('reading and the mark of what was looked at forget nothing', async () => {
  forgetDrawnBy(request('/v1/me', 'GET'))
  forgetDrawnBy(request('/v1/seen', 'PUT'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(kept.size).toBe(3)
})

it('a file that is sent forgets them too, though it goes past the client', async () => {
  vi.stubGlobal('localStorage', { getItem: () => null })
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload = {}
      open = () => undefined
      send = () => undefined
    },
  )
  const { sendFile } = await import('../../web/src/api/send-file.ts')
  void sendFile('/v1/imports', new File(['x'], '台账.csv'))
  await expect.poll(() => [...kept]).toEqual(['/v1/me'])
})
