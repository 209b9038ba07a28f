import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { row } from '../../../src/db/pool.ts'
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

/** Somebody else has the obligation in hand, so that a request about it stays at work. */
async function holdObligation(id: string) {
  const client = await api.pool.connect()
  await client.query('begin')
  await client.query('select 1 from obligations where id = $1 for update', [id])
  const waiting = () =>
    row(
      api.pool,
      `select 1 from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`,
    )
  return {
    isWaitedFor: () => expect.poll(waiting, { timeout: 20_000, interval: 10 }).toBeDefined(),
    async release() {
      await client.query('rollback')
      client.release()
    },
  }
}

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
    const acknowledge = () =>
      api.post(`/v1/obligations/${id}/actions`, { action: 'acknowledge' }, { headers })
    const other = await holdObligation(id)
    const first = acknowledge()
    await other.isWaitedFor()
    const second = await acknowledge()
    expect([second.status, second.headers['retry-after']]).toEqual([409, '1'])
    expect(second.body.type).toBe('urn:duban:problem:in-flight')
    await other.release()
    expect((await first).status).toBe(200)
    const again = await acknowledge()
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([200, 'true'])
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
