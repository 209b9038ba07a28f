import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimKey } from '../../../src/services/access/idempotency-keys.ts'
import {
  buildTestApp,
  foundWarning,
  HOUSEHOLD,
  type Item,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

let api: TestApp
beforeAll(async () => {
  api = await buildTestApp()
})
afterAll(() => api.close())

let n = 0
const key = () => ({ 'idempotency-key': `key-of-a-test-${++n}` })
const warning = { kind: 'warning', office: TOWN, level: 'yellow', person: HOUSEHOLD }
const count = async () => (await api.get<Page<Item>>('/v1/obligations?limit=200')).body.items.length

describe('the same Idempotency-Key', () => {
  it('gives the same answer again, and the action is done once', async () => {
    const headers = key()
    const before = await count()
    const first = await api.post('/v1/obligations', warning, { headers })
    const again = await api.post('/v1/obligations', warning, { headers })
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ])
    expect(await count()).toBe(before + 1)
  })

  it('with another body or address is 422', async () => {
    const headers = key()
    await api.post('/v1/obligations', warning, { headers })
    for (const [url, body] of [
      ['/v1/obligations', { ...warning, level: 'red' }],
      ['/v1/time-limits/preview', { start: '2022-06-06', workingDays: 1 }],
    ] as const) {
      const other = await api.post<ProblemBody>(url, body, { headers })
      expect([other.status, other.body.type]).toEqual([422, 'urn:duban:problem:idempotency-key-reused'])
    }
  })

  it('while the first request runs is 409, to be tried again', async () => {
    const { id } = await foundWarning(api)
    const headers = key()
    const two = await Promise.all(
      [1, 2].map(() => api.post(`/v1/obligations/${id}/actions`, { action: 'acknowledge' }, { headers })),
    )
    expect(two.filter((a) => a.status === 200).length).toBeGreaterThan(0)
    for (const refused of two.filter((a) => a.status !== 200)) {
      expect(refused.status).toBe(409)
      expect(refused.headers['retry-after']).toBe('1')
    }
    expect((await api.get(`/v1/obligations/${id}`)).body.version).toBe(2)
  })

  it('may be used again after a temporary refusal, but stores a refusal of the body', async () => {
    const { id } = await foundWarning(api)
    const url = `/v1/obligations/${id}/actions`
    const headers = key()
    expect((await api.post(url, { action: 'accept' }, { headers })).status).toBe(409)
    await api.post(url, { action: 'submit', result: { outcome: 'ineligible' } })
    expect((await api.post(url, { action: 'accept' }, { headers })).status).toBe(200)
  })

  it('that is too short is refused', async () => {
    expect((await api.post('/v1/obligations', warning, { headers: { 'idempotency-key': 'x' } })).status).toBe(
      400,
    )
  })

  it('works for uploads too', async () => {
    const headers = key()
    const parts = [{ field: 'file', filename: '预警.csv', content: '预警编号\n' }]
    const first = await api.upload('/v1/imports', parts, { headers })
    const again = await api.upload('/v1/imports', parts, { headers })
    expect([first.status, again.status]).toEqual([202, 202])
    expect(again.body.id).toBe(first.body.id)
  })
})

it('of a dead process is free for the same request after ten minutes', async () => {
  const claim = { actor: 'a', key: 'k-of-the-dead', request: 'r' }
  expect(await claimKey(api.pool, claim, 0)).toBeNull()
  expect(await claimKey(api.pool, claim, 60_000)).toMatchObject({ status: null })
  expect(await claimKey(api.pool, claim, 11 * 60_000)).toBeNull()
})
