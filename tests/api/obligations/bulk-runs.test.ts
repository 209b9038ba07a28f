import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BulkRunBody } from '../../../src/contract/api/bulk-actions.ts'
import { newId } from '../../../src/db/ids.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { inScope } from '../../../src/db/row-scope.ts'
import { actOnNext, messageToKeep } from '../../../src/services/bulk-runs/act-on-next.ts'
import { actorNow } from '../../../src/services/bulk-runs/actor-now.ts'
import { type BulkDeps, carryOn, giveUp } from '../../../src/services/bulk-runs/carry-on.ts'
import { addRun, type NewRun, runById } from '../../../src/services/bulk-runs/store.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { rowScopeOf } from '../../../src/services/people/row-scope-of.ts'
import { findGaps } from '../../../src/services/watching/standing-check.ts'
import { personWith, rolePools } from '../../support/scoped.ts'
import { givenWarnings } from '../../support/warnings.ts'
import { keys } from '../../support/worker-deps.ts'
import { type Asking, buildTestApp, COUNTY, type ProblemBody, type TestApp, TOWN } from '../build.ts'

type Answer = {
  items: { id: string; done: boolean; refused?: string; message?: string }[]
  run: BulkRunBody | null
}

let api: TestApp
let pools: ReturnType<typeof rolePools>
let deps: BulkDeps
let officer: Asking
beforeAll(async () => {
  api = await buildTestApp()
  pools = rolePools({ url: (api.pool.options as { connectionString: string }).connectionString })
  const log = pino({ level: 'silent' })
  deps = { pool: pools.worker, api: pools.api, keys, log, wallNow: () => Date.now() }
  officer = await api.signedIn('town-officer', TOWN)
})
afterAll(async () => {
  await pools.end()
  await api.close()
})

const NOW = instantAt('2022-06-06', '09:00')
const SIGN = { action: 'acknowledge' }
let made = 0
/** Warnings of the town, under a title that no other has. */
async function given(count: number): Promise<{ ids: string[]; title: string }> {
  made += 1
  const title = `批量第${made}组`
  const one = (n: number) => ({ id: `PL-${made}-${n}`, level: 'yellow' as const, office: TOWN, title })
  return {
    ids: await givenWarnings(
      api.pool,
      Array.from({ length: count }, (_, n) => one(n)),
    ),
    title,
  }
}
const ask = <T = Answer>(body: object, query = '', who = officer) =>
  api.post<T>(`/v1/obligations/actions${query}`, body, who)
const runOf = async (id: string) => (await api.get<BulkRunBody>(`/v1/bulk-runs/${id}`, officer)).body
const onRun = <T = BulkRunBody>(id: string, action: string, who = officer) =>
  api.post<T>(`/v1/bulk-runs/${id}/actions`, { action }, who)
const nothing = () => undefined
/** The histories of some, as codes. */
async function told(ids: readonly string[]): Promise<string[]> {
  const found = await rows<{ said: string }>(
    api.pool,
    `select string_agg(e.action, ',' order by e.id) as said from events e where e.obligation = any($1) group by e.obligation`,
    [ids],
  )
  return found.map(({ said }) => said).sort()
}

describe('many at once', () => {
  it('up to 200 are answered in the request, each with an entry of its own, and are taken back as a whole', async () => {
    const { ids } = await given(3)
    await api.post(`/v1/obligations/${ids[1]}/actions`, SIGN, officer)
    const { status, body } = await ask({ ids, action: SIGN })
    expect([status, body.items.map((i) => [i.id, i.done])]).toEqual([
      200,
      [
        [ids[0], true],
        [ids[1], false],
        [ids[2], true],
      ],
    ])
    expect(body.run).toMatchObject({ state: 'done', total: 3, done: 2, refused: 1, left: 0 })
    expect(body.run?.whyNot).toMatchObject([
      { refused: 'already-acknowledged', message: '已经签收过,不必重复签收。', count: 1, ids: [ids[1]] },
    ])
    const trail = await row<{ n: number }>(
      api.pool,
      `select count(*)::int as n from audit_events where action = 'obligation.acknowledge' and subject = any($1) and request_id = $2`,
      [ids, (await runById(api.pool, body.run?.id ?? ''))?.requestId],
    )
    expect(trail?.n).toBe(3)
    const undone = await onRun(body.run?.id ?? '', 'undo')
    expect(undone.body).toMatchObject({ state: 'undone', undone: 2, kept: 0, refused: 1, undoUntil: null })
    expect(await told(ids)).toEqual([
      'register,acknowledge',
      'register,acknowledge,undo',
      'register,acknowledge,undo',
    ])
    const again = await onRun<ProblemBody>(body.run?.id ?? '', 'undo')
    expect([again.status, again.body.detail]).toEqual([409, '这一批已撤回,不必再撤回。'])
  })

  it('what somebody did to one since is kept, and said', async () => {
    const { ids } = await given(2)
    const { body } = await ask({ ids, action: SIGN })
    const submit = { action: 'submit', result: { outcome: 'ineligible', note: '已走访' } }
    await api.post(`/v1/obligations/${ids[0]}/actions`, submit, officer)
    const undone = (await onRun(body.run?.id ?? '', 'undo')).body
    expect(undone).toMatchObject({ undone: 1, kept: 1 })
    expect(undone.whyNot).toMatchObject([{ state: 'kept', ids: [ids[0]] }])
    const { items } = (
      await api.get<{ items: { message: string; changes: string }[] }>(
        `/v1/bulk-runs/${body.run?.id}/items?state=kept`,
        officer,
      )
    ).body
    expect(items[0]?.changes).toMatch(/2022-06-06 09:00 .+ 提交/)
  })

  it('cannot be taken back after ten minutes', async () => {
    const { ids } = await given(1)
    const { body } = await ask({ ids, action: SIGN })
    await api.goTo('2022-06-06', '09:11')
    const late = await onRun<ProblemBody>(body.run?.id ?? '', 'undo')
    await api.goTo('2022-06-06', '09:00')
    expect([late.status, late.body.type]).toEqual([409, 'urn:duban:problem:undo-too-late'])
  })

  it('a filter that selects another number is refused, naming both', async () => {
    const { title } = await given(2)
    const wrong = await ask<ProblemBody>({ filter: { q: title }, expectedCount: 3, action: SIGN })
    expect([wrong.status, wrong.body.detail]).toEqual([
      409,
      '筛选出的件数已变为 2,与您看到的 3 件不同,没有改动;请刷新后再操作。',
    ])
  })

  it('a dry run tells of each and changes nothing', async () => {
    const { ids } = await given(2)
    const before = await told(ids)
    await api.post(`/v1/obligations/${ids[0]}/actions`, SIGN, officer)
    const { body } = await ask({ ids, action: SIGN }, '?dryRun=true')
    expect([body.run, body.items.map((i) => i.done)]).toEqual([null, [false, true]])
    expect((await told(ids)).length).toBe(before.length)
    expect((await ask({ ids: [ids[1]], action: SIGN })).body.items[0]?.done).toBe(true)
  })

  it('is seen by whoever asked alone', async () => {
    const { ids } = await given(1)
    const { body } = await ask({ ids, action: SIGN })
    const head = await api.signedIn('town-head', TOWN)
    expect((await api.get(`/v1/bulk-runs/${body.run?.id}`, head)).status).toBe(404)
    expect((await onRun(body.run?.id ?? '', 'undo', head)).status).toBe(404)
    expect((await api.get<{ items: unknown[] }>('/v1/bulk-runs', head)).body.items).toEqual([])
    expect((await api.get<{ items: BulkRunBody[] }>('/v1/bulk-runs', officer)).body.items[0]?.id).toBe(
      body.run?.id,
    )
  })

  it('keeps no word that somebody typed once it is over, and no name of whoever came first', async () => {
    const { ids } = await given(1)
    const centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
    const action = { action: 'cancel', reason: '户主金丝雀重复登记' }
    const { body } = await ask({ ids, action }, '', centre)
    const kept = await row<{ encrypted: Buffer | null; said: string }>(
      api.pool,
      `select r.encrypted, to_jsonb(r)::text || (select jsonb_agg(i)::text from bulk_items i where i.run = r.id) as said
         from bulk_runs r where id = $1`,
      [body.run?.id],
    )
    expect(kept?.encrypted).toBeNull()
    expect(kept?.said).not.toContain('金丝雀')
    expect(messageToKeep({ refused: 'not-while-open', message: '不行。最近的变动:06-06 张三 签收。' })).toBe(
      '不行。',
    )
  })
})

describe('more than 200', () => {
  it('go on by themselves: 1,000 with 37 refusals', { timeout: 180_000 }, async () => {
    const { ids, title } = await given(1_000)
    await api.pool.query('update obligations set acknowledged_at = created_at where id = any($1)', [
      ids.slice(100, 137),
    ])
    const { status, body } = await ask({ filter: { q: title }, expectedCount: 1_000, action: SIGN })
    expect([status, body.items, body.run?.left]).toEqual([202, [], 1_000])
    const id = body.run?.id ?? ''
    expect(await row(api.pool, `select kind from pokes where subject = $1`, [id])).toEqual({ kind: 'bulk' })
    const wait = await onRun<ProblemBody>(id, 'undo')
    expect([wait.status, wait.body.type]).toEqual([409, 'urn:duban:problem:not-while-running'])
    await carryOn(deps, id, nothing)
    const run = await runOf(id)
    expect(run).toMatchObject({
      state: 'done',
      done: 963,
      refused: 37,
      left: 0,
      seenCount: 1_000,
      filter: {},
    })
    expect(run.whyNot).toMatchObject([{ refused: 'already-acknowledged', count: 37 }])
    const named = run.whyNot[0]?.ids ?? []
    expect(named.filter((one) => ids.slice(100, 137).includes(one))).toHaveLength(20)
  })

  it('go back by themselves as a whole', { timeout: 120_000 }, async () => {
    const { ids } = await given(201)
    const { body } = await ask({ ids, action: SIGN })
    const id = body.run?.id ?? ''
    await carryOn(deps, id, nothing)
    const back = await onRun(id, 'undo')
    expect([back.status, back.body.state]).toEqual([202, 'undoing'])
    await carryOn(deps, id, nothing)
    expect(await runOf(id)).toMatchObject({ state: 'undone', undone: 201, kept: 0, done: 0 })
    expect(new Set(await told(ids))).toEqual(new Set(['register,acknowledge,undo']))
  })
})

/** A run as an accepted request leaves it, whose process ends before the first chunk. */
async function waiting(count: number, of: Partial<NewRun> = {}): Promise<{ id: string; ids: string[] }> {
  const { ids } = await given(count)
  const id = newId('br')
  const actor = await personWith(api.pool, 'town-officer', TOWN)
  const asked = { askedAt: NOW, askedWall: Date.now() - 120_000, action: { action: 'acknowledge' } as const }
  const who = { actor, actorKind: 'person', roles: ['town-officer'] as const } as const
  await inTransaction(api.pool, (tx) =>
    addRun(
      tx,
      keys,
      {
        id,
        ...asked,
        ...who,
        roles: [...who.roles],
        permissions: ['obligations:read', 'obligations:act'],
        ...of,
      },
      ids.map((one) => ({ id: one, version: 1 })),
    ),
  )
  return { id, ids }
}

/** Carries a run on until the process ends, just before a chunk would be kept. */
async function killedAt(id: string, chunk: number, size: number): Promise<void> {
  const run = await runById(api.pool, id)
  const actor = run && (await actorNow(pools.worker, run, NOW, Date.now()))
  if (!actor) throw new Error('nobody asked')
  const by = { actor, keys, log: deps.log, wallNow: Date.now() }
  for (let n = 0; n < chunk; n += 1)
    await inScope(pools.api, rowScopeOf(actor), (tx) => actOnNext(tx, id, by, size))
  const ended = inScope(pools.api, rowScopeOf(actor), async (tx) => {
    await actOnNext(tx, id, by, size)
    throw new Error('the process ends')
  })
  await expect(ended).rejects.toThrow('the process ends')
}

describe('a run whose process ends', () => {
  it.each([0, 1, 2, 3])(
    'at chunk %i goes on with what is left, and ends as one that was never cut',
    async (chunk) => {
      const { id, ids } = await waiting(10)
      await killedAt(id, chunk, 3)
      await carryOn(deps, id, nothing, 3)
      expect(await runOf(id)).toMatchObject({ state: 'done', done: 10, refused: 0, left: 0 })
      expect(await told(ids)).toEqual(ids.map(() => 'register,acknowledge'))
      await onRun(id, 'undo')
      expect(await told(ids)).toEqual(ids.map(() => 'register,acknowledge,undo'))
    },
  )

  it('is found by the standing check, and two that carry it on do nothing twice', async () => {
    const { id, ids } = await waiting(12)
    const gaps = await findGaps(api.pool, { overdueBefore: null, unansweredBefore: Date.now() - 60_000 })
    expect(gaps).toContainEqual({ kind: 'bulk', subject: id, reason: 'unwatched' })
    await Promise.all([carryOn(deps, id, nothing, 3), carryOn(deps, id, nothing, 4)])
    expect(await told(ids)).toEqual(ids.map(() => 'register,acknowledge'))
  })

  it('leaves alone what somebody changed meanwhile, and can be stopped', async () => {
    const { id, ids } = await waiting(4)
    const submit = { action: 'submit', result: { outcome: 'ineligible', note: '已走访' } }
    await api.post(`/v1/obligations/${ids[2]}/actions`, submit, officer)
    await carryOn(deps, id, nothing)
    expect(await runOf(id)).toMatchObject({ state: 'done', done: 3, skipped: 1 })
    const other = await waiting(2)
    expect((await onRun(other.id, 'stop')).body).toMatchObject({ state: 'stopped', left: 2, done: 0 })
    await carryOn(deps, other.id, nothing)
    expect(await runOf(other.id)).toMatchObject({ left: 2, done: 0 })
  })

  it('whose taking back gave up tells how many are left and why, and is taken back again', async () => {
    const { id } = await waiting(3)
    await carryOn(deps, id, nothing)
    await api.pool.query(`update bulk_runs set state = 'undoing' where id = $1`, [id])
    await giveUp(deps, id, 'timeout')
    const cut = await runOf(id)
    expect(cut).toMatchObject({ state: 'undone', done: 3, undone: 0, problem: 'timeout' })
    expect(cut.undoUntil).not.toBeNull()
    const again = (await onRun(id, 'undo')).body
    expect(again).toMatchObject({ state: 'undone', done: 0, undone: 3, problem: null, undoUntil: null })
  })

  it('has the rights the actor has then: none in offices that are not theirs, none any more once they left', async () => {
    const narrow = await waiting(2, { roles: [] })
    await carryOn(deps, narrow.id, nothing)
    expect((await runOf(narrow.id)).whyNot).toMatchObject([{ refused: 'not-found', count: 2 }])
    const gone = await waiting(2)
    const actor = await personWith(api.pool, 'town-officer', TOWN)
    await api.pool.query('update people set active = false where id = $1', [actor])
    await carryOn(deps, gone.id, nothing)
    await api.pool.query('update people set active = true where id = $1', [actor])
    const { whyNot, done, state } = await runOf(gone.id)
    expect([state, done, whyNot[0]?.refused, whyNot[0]?.count]).toEqual(['done', 0, 'forbidden', 2])
  })
})
