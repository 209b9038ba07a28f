import { beforeEach, describe, expect, it, vi } from 'vitest'

const page: Pick<Window, 'dubanAhead'> = {}
vi.stubGlobal('window', page)
vi.stubGlobal('location', { origin: 'http://any.invalid' })
const { forgetAhead, takeAsked } = await import('../../web/src/ahead/held.ts')

const ask = (path: string, method = 'GET') => new Request(`http://any.invalid${path}`, { method })
const given = (answer: Promise<Response>, begunAt = performance.now()) => {
  answer.catch(() => undefined)
  const asked = new Map([['/v1/home', answer]])
  page.dubanAhead = { begunAt, questions: [], asked, next: Promise.resolve(), kept: Promise.resolve([]) }
}

describe('what was asked for ahead', () => {
  beforeEach(() => given(Promise.resolve(new Response('mine'))))

  it('is taken once', async () => {
    expect(await (await takeAsked(ask('/v1/home')))?.text()).toBe('mine')
    expect(await takeAsked(ask('/v1/home'))).toBeUndefined()
  })

  it('answers only what was asked', async () => {
    expect(await takeAsked(ask('/v1/overview'))).toBeUndefined()
    expect(await takeAsked(ask('/v1/home', 'POST'))).toBeUndefined()
  })

  it('is asked anew by whoever comes too late', async () => {
    given(Promise.resolve(new Response('mine')), performance.now() - 20_000)
    expect(await takeAsked(ask('/v1/home'))).toBeUndefined()
  })

  it('is asked anew where it failed', async () => {
    given(Promise.reject(new Error('no network')))
    expect(await takeAsked(ask('/v1/home'))).toBeUndefined()
  })

  it('throws nobody out who has signed in since', async () => {
    const refusal = new Response('{}', { status: 401 })
    given(Promise.resolve(refusal))
    expect(await takeAsked(ask('/v1/home'))).toBeUndefined()
    // Read all the same, so that its connection is free.
    expect(refusal.bodyUsed).toBe(true)
  })

  it('is for nobody who signs in after it, nor what is still under way', async () => {
    given(new Promise((resolve) => setTimeout(() => resolve(new Response('of somebody else')), 20)))
    const waits = takeAsked(ask('/v1/home'))
    forgetAhead()
    expect(await waits).toBeUndefined()
    expect(await takeAsked(ask('/v1/home'))).toBeUndefined()
  })
})
