import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { row } from '../../../src/db/pool.ts'
import { personWith } from '../../support/scoped.ts'
import { type Asking, buildTestApp, COUNTY, foundWarning, type TestApp, TOWN } from '../build.ts'

let api: TestApp
let officer: Asking
let person: string
beforeAll(async () => {
  api = await buildTestApp(undefined, { perMinute: 20 })
  person = await personWith(api.pool, 'town-officer', TOWN)
  officer = await api.sessionOf(person)
})
afterAll(() => api.close())

type Line = { msg: string; actor: string; address: string; route: string; status: number; code: string }
/** What the log says of refusals while `work` is done. */
async function refusals(work: () => Promise<unknown>): Promise<Partial<Line>[]> {
  const before = api.log.length
  await work()
  const lines = api.log.slice(before).map((line) => JSON.parse(line) as Line)
  return lines
    .filter(({ msg }) => msg === 'refused')
    .map(({ actor, address, route, status, code }) => ({ actor, address, route, status, code }))
}
const inTrail = async () => (await row<{ n: number }>(api.pool, 'select count(*) as n from audit_events'))?.n

describe('the log records every refusal with who, from where, which route and why', () => {
  const address = '127.0.0.1'

  it('a refusal of malformed input is logged without its contents', async () => {
    const asked = () => api.post('/v1/obligations/lookup', { idNo: '王不可见', surplus: '李不可见' }, officer)
    expect(await refusals(asked)).toEqual([
      { actor: person, address, route: 'POST /v1/obligations/lookup', status: 422, code: 'invalid' },
    ])
    expect(api.log.join('')).not.toMatch(/不可见|surplus/)
  })

  it("a look at another's obligation leaves no audit event, since it equals a mistyped address", async () => {
    const { id } = await foundWarning(api, { office: `${COUNTY}.hedui` })
    const before = await inTrail()
    const asked = () => api.get(`/v1/obligations/${id}`, officer)
    expect(await refusals(asked)).toEqual([
      { actor: person, address, route: 'GET /v1/obligations/:id', status: 404, code: 'not-found' },
    ])
    expect(await inTrail()).toBe(before)
  })

  it('a refusal for lack of permission or sign-in is logged', async () => {
    const asked = async () => {
      await api.get('/v1/audit?subject=ob_secret', officer)
      await api.get('/v1/offices', { token: null })
    }
    expect(await refusals(asked)).toEqual([
      { actor: person, address, route: 'GET /v1/audit', status: 403, code: 'forbidden' },
      { actor: 'nobody', address, route: 'GET /v1/offices', status: 401, code: 'unauthorized' },
    ])
    expect(api.log.join('')).not.toContain('ob_secret')
  })

  it('a refused question, an unknown address and an unreadable one are logged', async () => {
    const asked = async () => {
      await api.get('/v1/sign-in?next=/a&next=/b', { token: null })
      await api.get('/wp-admin/secret', { token: null })
      await api.get('/v1/obligations/%ff', { token: null })
    }
    expect(await refusals(asked)).toEqual([
      { actor: 'nobody', address, route: 'GET /v1/sign-in', status: 400, code: 'invalid' },
      { actor: 'nobody', address, route: 'GET none', status: 404, code: 'no-route' },
      { actor: 'nobody', address, route: 'GET none', status: 400, code: 'bad-address' },
    ])
    expect(api.log.join('')).not.toMatch(/wp-admin|%ff/)
  })

  it('too many requests are logged, wherever they go', async () => {
    const lines = await refusals(async () => {
      for (let n = 0; n < 60; n++) await api.get('/nowhere', { token: null })
    })
    expect(lines.at(-1)).toEqual({
      ...{ actor: 'nobody', address, route: 'GET none' },
      ...{ status: 429, code: 'too-many-requests' },
    })
  })
})
