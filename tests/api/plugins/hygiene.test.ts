import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SERVER_LIMITS } from '../../../src/api/http/server-limits.ts'
import { row } from '../../../src/db/pool.ts'
import { COUNTY, type Asking, buildTestApp, type ProblemBody, type TestApp } from '../build.ts'

let api: TestApp
let officer: Asking
beforeAll(async () => {
  api = await buildTestApp()
  officer = await api.signedIn('administrator', COUNTY)
})
afterAll(() => api.close())

const cookieOf = ({ headers }: Asking) => ({ cookie: headers?.cookie ?? '' })
const HOST = { host: 'duban.county.test' }

describe('a changing request must come from our own pages', () => {
  const body = { name: 'x', office: COUNTY, permissions: ['obligations:read'] }
  const post = (headers: Record<string, string>) =>
    api.post<ProblemBody>('/v1/api-keys', body, {
      token: null,
      headers: { ...cookieOf(officer), ...HOST, ...headers },
    })

  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://duban.county.test' },
    { origin: 'https://duban.county.test' },
    { origin: 'http://127.0.0.1:1' },
  ])('with %j it is done', async (headers) => {
    expect((await post(headers)).status).toBe(201)
  })

  it.each<Record<string, string>>([
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://duban.county.test' },
    { origin: 'https://elsewhere.test' },
    { origin: 'https://duban.county.test.elsewhere.test' },
    { origin: 'null' },
    { origin: 'http://duban.county.test:8080' },
    { origin: '' },
  ])('with %j it is refused', async (headers) => {
    const answer = await post(headers)
    expect(answer.status).toBe(403)
    expect(answer.body.type).toBe('urn:duban:problem:cross-site')
  })

  it.each(['/v1/session', '/v1/password-resets', '/v1/password-links', '/v1/passwords'])(
    '%s from a foreign page is refused',
    async (url) => {
      const headers = { origin: 'https://elsewhere.test' }
      expect((await api.ask({ method: 'POST', url, payload: {}, headers }, { token: null })).status).toBe(403)
    },
  )

  it('an API key needs no origin, nor does reading', async () => {
    const key = await api.post(
      '/v1/time-limits/preview',
      { start: '2022-06-06', workingDays: 3 },
      { headers: { origin: 'https://elsewhere.test' } },
    )
    expect(key.status).not.toBe(403)
    expect((await api.get('/v1/offices', { token: null, headers: cookieOf(officer) })).status).toBe(200)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'text/xml', 'application/json, text/plain'])(
    'a body of %s is refused',
    async (type) => {
      const answer = await api.ask({
        method: 'POST',
        url: '/v1/obligations',
        payload: '{}',
        headers: { 'content-type': type },
      })
      expect([400, 415]).toContain(answer.status)
    },
  )
})

describe('the headers of every answer', () => {
  it.each([
    '/v1/offices',
    '/',
    '/sign-in',
    '/app/',
    '/docs/',
    '/nothing',
    '/healthz',
    '/v1/obligations/ob_none',
  ])('%s', async (url) => {
    const { headers } = await api.get(url, officer)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()') as string,
    })
    expect(headers['x-powered-by'] ?? headers['server']).toBeUndefined()
    expect(headers['access-control-allow-origin']).toBeUndefined()
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(/default-src 'none'/)
    for (const said of ['object-src', 'base-uri', 'frame-ancestors'])
      expect(policy).toContain(`${said} 'none'`)
    expect(policy).not.toMatch(/script-src[^;]*'unsafe|style-src [^;]*'unsafe-inline'|\*|http:/)
  })

  it.each(['/v1/offices', '/', '/sign-in', '/v1/nothing'])('an answer of %s is never cached', async (url) => {
    expect((await api.get(url, officer)).headers['cache-control']).toBe('no-store')
  })

  it('https is enforced only where we are reached by it', async () => {
    expect((await api.get('/healthz')).headers['strict-transport-security']).toBeUndefined()
    const secure = await buildTestApp(undefined, { https: true })
    // The last two are no address of anybody's: one cannot be decoded, the other is longer than any id.
    for (const url of ['/healthz', '/nothing', '/sign-in', '/app/', '/%ff', `/v1/mails/${'x'.repeat(300)}`]) {
      const { headers } = await secure.get(url)
      expect(headers['strict-transport-security'], url).toBe('max-age=31536000; includeSubDomains')
    }
    await secure.close()
    expect((await api.get('/%ff')).headers['strict-transport-security']).toBeUndefined()
  })

  it.each(['/.git/config', '/package.json', '/.duban/token', '/v1/../.env', '/templates/'])(
    '%s is no address, since no file or folder is served',
    async (url) => {
      expect((await api.get(url, officer)).status).toBe(404)
    },
  )

  it('TRACE is answered nowhere', async () => {
    for (const url of ['/', '/v1/offices', '/healthz']) {
      const { statusCode, body } = await api.app.inject({ method: 'TRACE' as 'GET', url })
      expect(statusCode).toBeGreaterThanOrEqual(400)
      expect(body).not.toContain('TRACE /')
    }
  })

  it('plain pages have no script, and only the style whose hash the policy names', async () => {
    for (const url of ['/nothing', '/app/']) {
      const { text, headers } = await api.get(url, { headers: { accept: 'text/html' } })
      expect(text).not.toMatch(/<script|\son\w+=|javascript:|\sstyle="/i)
      const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? ''
      const hash = createHash('sha256').update(style).digest('base64')
      expect(style).not.toBe('')
      expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`)
    }
  })

  it('/docs loads only its own files', async () => {
    const { text } = await api.get('/docs/', { token: null })
    for (const [, src] of text.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]*)"/g))
      expect(src).not.toMatch(/^(https?:)?\/\//)
    expect(text.replace(/<script[^>]*src=[^>]*>\s*<\/script>/g, '')).not.toContain('<script')
  })
})

it.each([
  { from: '192.0.2.9', trusted: false },
  { from: '10.0.0.1', trusted: true },
])('the address that a request from $from claims is believed: $trusted', async ({ from, trusted }) => {
  const behind = await buildTestApp(undefined, { proxy: '10.0.0.1' })
  await behind.app.inject({
    ...{ method: 'POST', url: '/v1/session', remoteAddress: from },
    headers: { 'x-forwarded-for': '203.0.113.7', 'sec-fetch-site': 'same-origin' },
    payload: { email: 'nobody@bureau.ziyang.test', password: 'not the password' },
  })
  const noted = await row<{ address: string }>(
    behind.pool,
    'select address from audit_events order by id desc limit 1',
  )
  expect(noted?.address).toBe(trusted ? '203.0.113.7' : from)
  await behind.close()
})

describe('rate limits', () => {
  let slow: TestApp
  beforeAll(async () => {
    slow = await buildTestApp(undefined, { perMinute: 10 })
  })
  afterAll(() => slow.close())

  it('count a key by itself and are told in every answer', async () => {
    const body = { name: 'x', office: COUNTY, permissions: ['campaigns:read'] }
    const keyOf = async () =>
      (await slow.post<{ token: string }>('/v1/api-keys', body, officerOfSlow)).body.token
    const officerOfSlow = await slow.signedIn('administrator', COUNTY)
    const [one, two] = [await keyOf(), await keyOf()]
    const first = await slow.get('/v1/campaigns', { token: one })
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"minute";q=10;w=60',
      ratelimit: '"minute";r=9;t=60',
      'ratelimit-limit': '10',
      'ratelimit-remaining': '9',
    })
    for (let i = 2; i <= 10; i++) expect((await slow.get('/v1/campaigns', { token: one })).status).toBe(200)
    const over = await slow.get<ProblemBody>('/v1/campaigns', { token: one })
    expect(over.status).toBe(429)
    expect(over.body.type).toBe('urn:duban:problem:too-many-requests')
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0)
    expect(over.headers['ratelimit-remaining']).toBe('0')
    expect((await slow.get('/v1/campaigns', { token: two })).status).toBe(200)
  })

  it('stop somebody who tries keys by address, but not the good key of that address', async () => {
    expect((await slow.get('/v1/offices')).headers['ratelimit-limit']).toBe('10')
    const statuses: number[] = []
    for (let i = 0; i < 40; i++)
      statuses.push((await slow.get('/v1/offices', { token: `guess-${i}` })).status)
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401))
    expect(statuses.slice(30)).toEqual(Array(10).fill(429))
    expect((await slow.get('/v1/offices')).status).toBe(200)
    const { rows } = await slow.pool.query<{ n: number }>(
      "select count(*) as n from audit_events where outcome = 'refused'",
    )
    expect(rows[0]?.n).toBe(30)
  })

  it('count callers without a sign-in by address', async () => {
    const statuses = []
    for (let i = 0; i < 25; i++) statuses.push((await slow.get('/sign-in', { token: null })).status)
    expect(statuses.filter((s) => s === 302).length).toBeLessThanOrEqual(20)
    expect(statuses.at(-1)).toBe(429)
  })

  it('put the first refusal for too many requests into the audit trail', async () => {
    const someone = await slow.signedIn('administrator', COUNTY)
    for (let i = 0; i < 60; i++) await slow.ask({ method: 'DELETE', url: '/v1/api-keys/ak_none' }, someone)
    const { rows } = await slow.pool.query<{ n: number }>(
      `select count(*) as n from audit_events where detail->>'code' = 'too-many-requests'`,
    )
    expect(rows[0]?.n).toBe(1)
  })
})

describe('a slow client', () => {
  it('that does not finish its headers, or says nothing, is disconnected while others are served', async () => {
    const url = new URL(await api.app.listen({ host: '127.0.0.1', port: 0 }))
    const [slow, mute, served] = await Promise.all([
      clientThat(url, 'GET /healthz HTTP/1.1\r\nhost: x\r\n', 'x-drip: 1\r\n'),
      clientThat(url, '', ''),
      fetch(new URL('/healthz', url)),
    ])
    expect(served.status).toBe(200)
    for (const { answer, seconds } of [slow, mute]) {
      expect(answer).toMatch(/^HTTP\/1.1 408/)
      expect(seconds).toBeLessThan(20)
    }
  }, 40_000)

  it('that drips its body is disconnected after the time of a request', async () => {
    // The real limit is two minutes; here the same options with a second.
    const app = Fastify({
      ...SERVER_LIMITS,
      requestTimeout: 1_000,
      http: { ...SERVER_LIMITS.http, headersTimeout: 500, connectionsCheckingInterval: 200 },
    })
    app.post('/', async () => ({}))
    const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
    const head =
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n'
    const { answer, seconds } = await clientThat(url, head, '1')
    await app.close()
    expect(answer).toMatch(/^HTTP\/1.1 408/)
    expect(seconds).toBeLessThan(5)
  })

  it('meets these limits on the server itself', () => {
    const { requestTimeout, keepAliveTimeout, connectionTimeout, http } = SERVER_LIMITS
    expect(api.app.server).toMatchObject({
      ...{ requestTimeout, keepAliveTimeout, timeout: connectionTimeout },
      headersTimeout: http.headersTimeout,
    })
    expect(http.headersTimeout).toBeLessThan(requestTimeout)
    expect(connectionTimeout).toBeGreaterThan(requestTimeout)
  })

  it('with oversized headers is refused', async () => {
    const { status } = await api.get('/healthz', { headers: { 'x-long': 'x' } })
    expect(status).toBe(200)
    const url = new URL(
      await api.app.listen({ host: '127.0.0.1', port: 0 }).catch(() => api.app.listeningOrigin),
    )
    const { answer } = await clientThat(
      url,
      `GET /healthz HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`,
      '',
    )
    expect(answer).toMatch(/^HTTP\/1.1 431/)
  })
})

/** Says its beginning at once and the rest bit by bit, for ever. */
async function clientThat(
  url: URL,
  begins: string,
  drips: string,
): Promise<{ answer: string; seconds: number }> {
  const started = Date.now()
  const socket = connect(Number(url.port), '127.0.0.1')
  socket.on('error', () => undefined)
  if (begins) socket.write(begins)
  const drip = setInterval(() => drips && socket.write(drips), 200)
  let answer = ''
  socket.on('data', (data) => (answer += data.toString()))
  await once(socket, 'close')
  clearInterval(drip)
  return { answer, seconds: (Date.now() - started) / 1000 }
}
