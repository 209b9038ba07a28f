import { beforeEach, expect, it, vi } from 'vitest'

const kept = new Set<string>()
const store = {
  keys: () => Promise.resolve([...kept].map((path) => ({ url: `http://any.invalid${path}` }))),
  delete: ({ url }: { url: string }) => Promise.resolve(kept.delete(url.slice('http://any.invalid'.length))),
}
vi.stubGlobal('caches', { open: () => Promise.resolve(store) })
vi.stubGlobal('window', {})
vi.stubGlobal('location', { pathname: '/app/', search: '', origin: 'http://any.invalid' })
vi.stubGlobal('localStorage', { getItem: () => null })
const { api } = await import('../../web/src/api/client.ts')

beforeEach(() => {
  kept.clear()
  for (const path of ['/app/drawn/app/obligations', '/app/drawn/app/', '/v1/me']) kept.add(path)
})

const baseUrl = 'http://any.invalid'
const answered = () => Promise.resolve(Response.json({}))

it('whatever is done forgets the pages that were drawn, not the answers', async () => {
  await api.POST('/v1/obligations/{id}/actions', {
    ...{ baseUrl, fetch: answered, params: { path: { id: 'ob_1' } } },
    body: { action: 'acknowledge' } as never,
  })
  await vi.waitFor(() => expect([...kept]).toEqual(['/v1/me']))
})

it('reading and the mark of what was looked at forget nothing', async () => {
  await api.GET('/v1/me', { baseUrl, fetch: answered })
  await api.PUT('/v1/seen', { baseUrl, fetch: answered, body: { items: [] } })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(kept.size).toBe(3)
})
