import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compression, takenEncoding } from '../../../src/api/plugins/compression.ts'
import { givenWarnings } from '../../support/warnings.ts'
import { COUNTY, type Asking, buildTestApp, type TestApp, TOWN } from '../build.ts'

let api: TestApp
let centre: Asking
beforeAll(async () => {
  api = await buildTestApp()
  centre = await api.signedIn('administrator', COUNTY)
})
afterAll(() => api.close())

const LONG = '/v1/offices'
const asked = (url: string, headers: Record<string, string>) =>
  api.app.inject({ url, headers: { ...centre.headers, ...headers } })

describe('what is read as JSON', () => {
  it.each([
    ['br', 'gzip, deflate, br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ])('comes as %s to whoever takes %s, and is the same', async (encoding, taken, unpacked) => {
    const plain = await asked(LONG, {})
    const packed = await asked(LONG, { 'accept-encoding': taken })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(packed.headers['content-encoding']).toBe(encoding)
    expect(Number(packed.headers['content-length'])).toBe(packed.rawPayload.length)
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3)
    expect(unpacked(packed.rawPayload).toString()).toBe(plain.payload)
    for (const { headers } of [plain, packed]) expect(String(headers['vary'])).toMatch('accept-encoding')
  })

  it('is as long for HEAD as for GET', async () => {
    const headers = { ...centre.headers, 'accept-encoding': 'br' }
    const head = await api.app.inject({ method: 'HEAD', url: LONG, headers })
    const { rawPayload } = await asked(LONG, { 'accept-encoding': 'br' })
    expect([head.statusCode, head.headers['content-length']]).toEqual([200, String(rawPayload.length)])
  })

  it.each(['cross-site', 'same-site'])('comes as it is where a page asks that is %s', async (site) => {
    const { headers } = await asked(LONG, { 'accept-encoding': 'br', 'sec-fetch-site': site })
    expect(headers['content-encoding']).toBeUndefined()
  })
})

describe('never compressed', () => {
  const TAKES = { 'accept-encoding': 'br, gzip' }

  it.each(['POST', 'PUT', 'DELETE'] as const)('is what answers a change (%s)', async (method) => {
    const app = Fastify()
    await app.register(compression)
    app.route({ method: ['GET', method], url: '/', handler: async () => ({ token: 'a'.repeat(5_000) }) })
    const encodingOf = async (asking: 'GET' | typeof method) =>
      (await app.inject({ method: asking, url: '/', headers: TAKES })).headers['content-encoding']
    expect([await encodingOf('GET'), await encodingOf(method)]).toEqual(['br', undefined])
  })

  it('is a file, what is short, and what has an ETag, which names its bytes', async () => {
    const [id = ''] = await givenWarnings(api.pool, [{ id: 'YJ1', level: 'red' }])
    const officer = await api.signedIn('town-officer', TOWN)
    for (const url of ['/v1/obligations/export.csv', '/v1/inboxes', `/v1/obligations/${id}`]) {
      const answer = await api.app.inject({ url, headers: { ...officer.headers, ...TAKES } })
      expect([url, answer.statusCode, answer.headers['content-encoding']]).toEqual([url, 200, undefined])
    }
  })
})

it.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['gzip;q=0, br;q=0.0', null],
  ['gzip;q=0.5, br;q=0', 'gzip'],
  ['GZIP ; Q=1', 'gzip'],
  ['deflate, gzip, br;q=0.1', 'br'],
  ['brother, xgzip', null],
])('of %j it takes %j', (accepted, encoding) => expect(takenEncoding(accepted)).toBe(encoding))
