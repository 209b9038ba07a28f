import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BulkRunBody } from '../../../src/contract/api/bulk-actions.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { type BulkDeps, carryOn, giveUp } from '../../../src/services/bulk-runs/carry-on.ts'
import { beginUndo, runById } from '../../../src/services/bulk-runs/store.ts'
import { personWith, rolePools } from '../../support/scoped.ts'
import { givenWarnings } from '../../support/warnings.ts'
import { keys } from '../../support/worker-deps.ts'
import { type Asking, buildTestApp, COUNTY, type ProblemBody, type TestApp, TOWN } from '../build.ts'

type Answer = {
  items: { id: string; done: boolean; refused?: string; message?: string; version?: number }[]
  run: BulkRunBody | null
}

const OTHER = `${COUNTY}.donghe`
const THIRD = `${COUNTY}.gaoqiao`
const SIGN = { action: 'acknowledge' }

let api: TestApp
let pools: ReturnType<typeof rolePools>
let deps: BulkDeps
let officer: Asking
let person: string
beforeAll(async () => {
  api = await buildTestApp()
  pools = rolePools({ url: (api.pool.options as { connectionString: string }).connectionString })
  const log = pino({ level: 'silent' })
  deps = { pool: pools.worker, api: pools.api, keys, log, wallNow: () => Date.now() }
  officer = await api.signedIn('town-officer', TOWN)
  person = await personWith(api.pool, 'town-officer', TOWN)
})
afterEach(async () => {
  await api.pool.query('drop trigger if exists planted on bulk_items')
  await api.pool.query('drop trigger if exists planted on events')
  await api.goTo('2022-06-06')
})
afterAll(async () => {
  await pools.end()
  await api.close()
})

let made = 0
function given(count: number): Promise<string[]> {
  made += 1
  const one = (n: number) => ({ id: `PA-${made}-${n}`, level: 'yellow' as const, office: TOWN })
  return givenWarnings(
    api.pool,
    Array.from({ length: count }, (_, n) => one(n)),
  )
}
const key = () => ({ 'idempotency-key': `a-key-of-a-run-${++made}` })
const under = (headers: Record<string, string>) => ({
  ...officer,
  headers: { ...officer.headers, ...headers },
})
const ask = <T = Answer>(body: object, headers = {}, query = '') =>
  api.post<T>(`/v1/obligations/actions${query}`, body, under(headers))
const runs = async (id: string) =>
  (
    await rows<{ id: string }>(api.pool, 'select distinct run as id from bulk_items where obligation = $1', [
      id,
    ])
  ).map((one) => one.id)
const nothing = () => undefined

/** From now on a statement of the database fails, each time or the first time alone. */
async function plant(table: string, code: string, { once = false } = {}): Promise<void> {
  const first = once ? `if nextval('planted_times') > 1 then return new; end if;` : ''
  await api.pool.query(`drop sequence if exists planted_times`)
  await api.pool.query(`create sequence planted_times`)
  await api.pool.query(`grant usage on sequence planted_times to duban_api`)
  await api.pool.query(
    `create or replace function planted() returns trigger language plpgsql as $$ begin ${first}
       raise exception 'planted' using errcode = '${code}'; end $$`,
  )
  const when = table === 'events' ? 'insert' : 'update'
  await api.pool.query(
    `create trigger planted before ${when} on ${table} for each row execute function planted()`,
  )
}
const uproot = (table: string) => api.pool.query(`drop trigger planted on ${table}`)

/** What the trail says of a run, or of what was refused about no single one. */
const trail = (where: string, values: unknown[]) =>
  rows<{
    action: string
    outcome: string
    detail: Record<string, unknown>
    requestId: string
    address: string
  }>(
    api.pool,
    `select action, outcome, detail, request_id as "requestId", address from audit_events where ${where} order by id`,
    values,
  )

describe('a run whose answer was lost', () => {
  it('is answered again under its key, and not begun a second time', async () => {
    const ids = await given(3)
    const body = { ids: [...ids, 'ob_nobody'], action: SIGN }
    const headers = key()
    await plant('bulk_items', 'XX000')
    expect((await ask<ProblemBody>(body, headers)).status).toBe(500)
    await uproot('bulk_items')
    const again = await ask(body, headers)
    expect([again.status, again.body.run?.done, again.body.run?.total]).toEqual([200, 3, 3])
    expect(again.body.items.map(({ id, done }) => [id, done])).toEqual([
      ...ids.map((id) => [id, true]),
      ['ob_nobody', false],
    ])
    expect(await runs(ids[0]!)).toEqual([again.body.run?.id])
    const kept = await ask(body, headers)
    expect([kept.headers['idempotency-replayed'], kept.body]).toEqual(['true', again.body])
    const began = await trail(`action = 'bulk-run.start' and subject = $1`, [again.body.run?.id])
    expect(began).toHaveLength(1)
  })

  it('also after its process was ended: ten minutes later, with what was done and what was not', async () => {
    const ids = await given(2)
    await api.post(`/v1/obligations/${ids[1]}/actions`, SIGN, officer)
    const headers = key()
    const first = await ask({ ids, action: SIGN }, headers)
    await api.pool.query(
      `update idempotency_keys set status = null, body = null, created_wall = now() - interval '11 minutes' where key = $1`,
      [headers['idempotency-key']],
    )
    const again = await ask({ ids, action: SIGN }, headers)
    expect(again.headers['idempotency-replayed']).toBeUndefined()
    expect([again.status, again.body]).toEqual([200, first.body])
    expect(again.body.items).toMatchObject([{ done: true, version: 2 }, { refused: 'already-acknowledged' }])
    expect(await runs(ids[0]!)).toHaveLength(1)
  })

  it('of many goes on as it was', async () => {
    const ids = await given(201)
    const headers = key()
    const first = await ask({ ids, action: SIGN }, headers)
    await api.pool.query('delete from idempotency_keys where key = $1', [headers['idempotency-key']])
    const again = await ask({ ids, action: SIGN }, headers)
    expect([again.status, again.body.items, again.body.run?.id]).toEqual([202, [], first.body.run?.id])
    expect(await runs(ids[0]!)).toHaveLength(1)
  })

  it('refuses its key to another request, and frees it after the days in which somebody repeats one', async () => {
    const [id = '', other = ''] = await given(2)
    const headers = key()
    await ask({ ids: [id], action: SIGN }, headers)
    const forget = () =>
      api.pool.query('delete from idempotency_keys where key = $1', [headers['idempotency-key']])
    await forget()
    const wrong = await ask<ProblemBody>({ ids: [other], action: SIGN }, headers)
    expect([wrong.status, wrong.body.type]).toEqual([422, 'urn:duban:problem:idempotency-key-reused'])
    await forget()
    await api.pool.query(
      `update bulk_runs set asked_wall = now() - interval '4 days' where request_key = $1`,
      [headers['idempotency-key']],
    )
    const later = await ask({ ids: [other], action: SIGN }, headers)
    expect([later.status, later.body.run?.done]).toEqual([200, 1])
  })
})

describe('taking a run back', () => {
  it('is done as it was asked for in time, however late an item is reached', async () => {
    const ids = await given(4)
    const { body } = await ask({ ids, action: SIGN })
    const id = body.run?.id ?? ''
    await api.goTo('2022-06-06', '09:09')
    const run = (await runById(api.pool, id))!
    const asked = { now: instantAt('2022-06-06', '09:09'), wallNow: Date.now() }
    await inTransaction(api.pool, (tx) => beginUndo(tx, run, { ...asked, address: null, requestId: null }))
    await api.goTo('2022-06-06', '11:00')
    // Whoever acts meanwhile removes old steps; not these.
    const [elsewhere = ''] = await given(1)
    await api.post(`/v1/obligations/${elsewhere}/actions`, SIGN, officer)
    await carryOn(deps, id, nothing, 3)
    expect((await api.get<BulkRunBody>(`/v1/bulk-runs/${id}`, officer)).body).toMatchObject({
      state: 'undone',
      undone: 4,
      kept: 0,
    })
  })

  it('stands in the trail with the request that asked for it', async () => {
    const ids = await given(2)
    const { body } = await ask({ ids, action: SIGN })
    const id = body.run?.id ?? ''
    await api.post(`/v1/bulk-runs/${id}/actions`, { action: 'undo' }, officer)
    const [asked] = await trail(`action = 'bulk-run.undo' and subject = $1`, [id])
    const undone = await trail(`action = 'obligation.undo' and subject = any($1)`, [ids])
    expect(undone.map(({ requestId, address }) => [requestId, address])).toEqual(
      ids.map(() => [asked?.requestId, asked?.address]),
    )
    expect(asked?.requestId).not.toBe((await runById(api.pool, id))?.requestId)
  })
})

describe('what a run leaves', () => {
  it('stands in one line of the trail where whoever asked is gone, and where it is given up', async () => {
    const ids = await given(201)
    const gone = (await ask({ ids, action: SIGN })).body.run?.id ?? ''
    await api.pool.query('update people set active = false where id = $1', [person])
    await carryOn(deps, gone, nothing)
    await api.pool.query('update people set active = true where id = $1', [person])
    expect(await trail(`action = 'bulk-run.give-up' and subject = $1`, [gone])).toMatchObject([
      { outcome: 'refused', detail: { action: 'acknowledge', refused: 'forbidden', count: 201 } },
    ])
    const cut = (await ask({ ids, action: SIGN })).body.run?.id ?? ''
    await giveUp(deps, cut, 'timeout')
    expect(await trail(`action = 'bulk-run.give-up' and subject = $1`, [cut])).toMatchObject([
      { outcome: 'refused', detail: { action: 'acknowledge', refused: 'timeout', count: 201 } },
    ])
  })

  it('is removed ninety days after its end as the same person asks for another one', async () => {
    const [id = '', other = ''] = await given(2)
    const old = (await ask({ ids: [id], action: SIGN })).body.run?.id
    await api.goTo('2022-09-05')
    await ask({ ids: [other], action: SIGN })
    expect(await row(api.pool, 'select from bulk_runs where id = $1', [old])).toBeUndefined()
  })
})

describe('what is not there', () => {
  it('is one line of the trail, however many ids it is', async () => {
    const ids = Array.from({ length: 300 }, (_, n) => `ob_guess-${made}-${n}`)
    const { body } = await ask({ ids, action: SIGN })
    expect([body.run, body.items.length]).toEqual([null, 300])
    const lines = await trail(`action = 'obligation.acknowledge' and detail ->> 'count' is not null`, [])
    expect(lines).toMatchObject([{ outcome: 'refused', detail: { refused: 'not-found', count: 300 } }])
    expect((lines[0]?.detail as { ids: string[] }).ids).toEqual(ids.slice(0, 20))
  })

  it('but went to another office is told like a single one: who, when, and where it is by now', async () => {
    const [id = ''] = await given(1)
    const at = `/v1/obligations/${id}/actions`
    const offer = (toOffice: string) => ({ action: 'offer-hand-over', toOffice, reason: '户籍不在本镇' })
    const other = await api.signedIn('town-officer', OTHER)
    const third = await api.signedIn('town-officer', THIRD)
    await api.post(at, offer(OTHER), officer)
    await api.post(at, { action: 'accept-hand-over' }, other)
    const alone = await api.post<ProblemBody>(at, SIGN, officer)
    for (const query of ['', '?dryRun=true'])
      expect((await ask({ ids: [id], action: SIGN }, {}, query)).body.items).toEqual([
        { id, done: false, refused: 'handed-over', message: alone.body.detail },
      ])
    expect(alone.body.detail).toMatch(/2022-06-06 09:00 .+ 接受了移交,现在由洞河镇办理/)
    await api.post(at, offer(THIRD), other)
    await api.goTo('2022-06-06', '10:00')
    await api.post(at, { action: 'accept-hand-over' }, third)
    const now = (await api.post<ProblemBody>(at, SIGN, officer)).body.detail
    expect(now).toMatch(/由洞河镇办理;之后又转出,2022-06-06 10:00 .+ 接受,现在由高桥镇办理/)
    // Whoever never had it learns nothing.
    const fourth = await api.signedIn('town-officer', `${COUNTY}.huangu`)
    expect((await api.post<ProblemBody>(at, SIGN, fourth)).status).toBe(404)
  })
})

describe('a dry run', () => {
  it('is done again where it met another one, as the run itself is', async () => {
    const ids = await given(2)
    await plant('events', '40P01', { once: true })
    const { status, body } = await ask({ ids, action: SIGN }, {}, '?dryRun=true')
    expect([status, body.items.map(({ done }) => done)]).toEqual([200, [true, true]])
  })

  it('tells a fault of one as its own answer', async () => {
    const ids = await given(2)
    await plant('events', 'XX000')
    const { status, body } = await ask({ ids, action: SIGN }, {}, '?dryRun=true')
    expect([status, body.items.map(({ refused }) => refused)]).toEqual([200, ['internal', 'internal']])
  })
})
