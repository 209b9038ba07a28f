import type { OpenAPIV3_1 } from 'openapi-types'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Asking, buildTestApp, type TestApp } from '../../api/build.ts'
import { expectNoFault, things, whoMay } from './faults.ts'
import { PIECES, third } from './shapes.ts'

let api: TestApp
let addressOf: (url: string, id?: string) => string
beforeAll(async () => {
  api = await buildTestApp()
  addressOf = await things(api)
})
afterAll(() => api.close())

it('no id causes a fault', async () => {
  const routes = api.app.routeTable.filter(({ method, url }) => url.includes(':') && method !== 'HEAD')
  expect(routes.length).toBeGreaterThan(15)
  for (const [place, { method, url, permission }] of routes.entries()) {
    const who = await whoMay(api, permission)
    for (const piece of third(PIECES, place)) {
      const answer = await api.ask<unknown>({ method: method as 'GET', url: addressOf(url, piece) }, who)
      expectNoFault(answer, `${method} ${url} ${piece}`)
    }
  }
}, 120_000)

it('no question causes a fault', async () => {
  let asked = 0
  for (const { url, names, permission } of questions()) {
    const who = await whoMay(api, permission)
    for (const name of [...names, 'a[b]', '__proto__', '%00', ''])
      for (const piece of third(PIECES, asked++)) {
        const address = `${addressOf(url)}?${name}=${piece}`
        expectNoFault(await api.get(address, who), address)
      }
  }
  expect(asked).toBeGreaterThan(100)
}, 240_000)

/** What our own document says may be asked of each address. */
function questions(): { url: string; names: string[]; permission: string | null }[] {
  const { paths = {} } = api.app.swagger() as OpenAPIV3_1.Document
  return Object.entries(paths).flatMap(([path, item]) => {
    if (!item?.get) return []
    const names = (item.get.parameters ?? []).flatMap((p) => ('in' in p && p.in === 'query' ? [p.name] : []))
    const url = path.replace(/\{(\w+)\}/g, ':$1')
    return { url, names, permission: api.app.routeTable.find((r) => r.url === url)?.permission ?? null }
  })
}

it('no header causes a fault', async () => {
  const who: Asking[] = [{}, { token: null }]
  for (const name of HEADERS)
    for (const [place, value] of VALUES.entries())
      for (const url of ['/v1/offices', '/', addressOf('/v1/obligations/:id')])
        expectNoFault(
          await api.get(url, { ...who[place % 2], headers: { [name]: value } }),
          `${name}: ${value}`,
        )
}, 60_000)

const HEADERS = [
  'authorization',
  'cookie',
  'if-match',
  'if-none-match',
  'accept',
  'origin',
  'x-forwarded-for',
  'x-request-id',
  'range',
]
const VALUES = [
  '',
  ' ',
  'x',
  '*',
  '"',
  'W/"1"',
  '%00',
  'null',
  '__proto__',
  'Bearer',
  'Bearer  ',
  'Bearer x y',
  `Bearer ${'x'.repeat(8000)}`,
  '__Host-duban=',
  '__Host-duban=%00',
  '__Host-duban=%E0%A4%A',
  'ÿ',
  '9'.repeat(100),
  'bytes=0-',
]
