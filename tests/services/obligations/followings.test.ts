import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTransaction, type Pool, row, rows } from '../../../src/db/pool.ts'
import { newId } from '../../../src/db/ids.ts'
import type { ActionInput, SubmitResult } from '../../../src/domain/obligation/lifecycle.ts'
import { OUTCOMES } from '../../../src/domain/obligation/outcomes.ts'
import { systemActor } from '../../../src/domain/obligation/system-actor.ts'
import { codesOf, type Outcome } from '../../../src/domain/obligation/vocabulary.ts'
import { type Instant, instantAt } from '../../../src/domain/time/days.ts'
import { runAction } from '../../../src/services/obligations/act.ts'
import { registerObligations } from '../../../src/services/obligations/register.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { decryptPerson, encryptSubject } from '../../../src/services/vault/encryption.ts'
import { COUNTY } from '../../support/county.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { keys } from '../../support/stack.ts'

const START = instantAt('2022-06-06', '09:00')
const PERSON = {
  name: '张大山',
  idNo: '619999199001011234',
  phone: '19900008219',
  village: '东村',
  detail: '',
}

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await createTestDatabase()
  pool = database.pool
  await setClock(pool, { mode: 'stepped', businessAt: START })
  await inTransaction(pool, async (tx) => seedCounty(tx, await readSampleOffices(), START))
})
afterAll(() => database.drop())
let warning: string
beforeEach(async () => {
  warning = await keyGroupWarning()
})

/** A warning about a household of a key group. */
async function keyGroupWarning(): Promise<string> {
  const id = newId('ob')
  await inTransaction(pool, (tx) =>
    registerObligations(tx, { county: COUNTY, actor: 'test', now: START }, [
      {
        ...{
          id,
          key: `platform|${id}`,
          externalId: id,
          kind: 'warning',
          facts: {},
          title: '因病黄色预警核查',
        },
        ...{
          phase: 'verification',
          office: `${COUNTY}.maoba`,
          reviewer: `${COUNTY}.jiuzhu`,
          level: 'yellow',
        },
        ...{ cause: 'illness', group: 'near-poor', source: null, issuedAt: START, startOn: '2022-06-06' },
        ...{ fixedDueOn: null, importId: null, contentHash: null },
        subject: encryptSubject(keys, id, PERSON),
      },
    ]),
  )
  return id
}

async function act(obligation: string, action: ActionInput, now: Instant = START): Promise<boolean> {
  const request = { obligation, action, actor: systemActor('test'), now, keys }
  return (await inTransaction(pool, (tx) => runAction(tx, request))).done
}

const resultOf = (outcome: Outcome): SubmitResult => ({
  outcome,
  ...(OUTCOMES[outcome].exit && { exitReason: 'moved', decidedBy: '镇长办公会' }),
})

async function endIn(outcome: Outcome, now: Instant = START): Promise<void> {
  await act(warning, { action: 'submit', result: resultOf(outcome) }, now)
  await act(warning, { action: 'accept' }, now)
}

type Followed = { id: string; kind: string; state: string; due_on: string; from: string }
const followedOf = (id: string) =>
  rows<Followed>(
    pool,
    `select id, kind, state, due_on::text as due_on, follows_from as from from obligations
      where follows_from = $1 order by created_at, id`,
    [id],
  )
const livingOf = async (id: string) => (await followedOf(id)).filter(({ state }) => state !== 'cancelled')

const REOPEN = { action: 'reopen', reason: '群众反映情况有变' } as const

/** The kinds that an outcome leads to for a household of a key group. */
function wantedOf(outcome: Outcome): string[] {
  const { next } = OUTCOMES[outcome]
  return next === null ? [] : [next === 'monitoring' ? 'monitoring-visit' : next]
}

test('whatever order of accepting and reopening, exactly what the last outcome wants goes on', async () => {
  const sequence = fc.array(fc.constantFrom(...codesOf(OUTCOMES)), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(sequence, async (outcomes) => {
      warning = await keyGroupWarning()
      for (const outcome of outcomes) {
        await act(warning, REOPEN)
        await endIn(outcome)
        // Accepting what is accepted does nothing.
        expect(await act(warning, { action: 'accept' })).toBe(false)
        expect((await livingOf(warning)).map(({ kind }) => kind)).toEqual(wantedOf(outcome))
      }
    }),
    { numRuns: 12, seed: 1 },
  )
}, 120_000)

test('accepted again with the same outcome, what follows stays as it was', async () => {
  await endIn('dibao')
  const before = await followedOf(warning)
  await act(warning, REOPEN)
  await endIn('dibao')
  expect(await followedOf(warning)).toEqual(before)
})

test('accepted again with other help, what is open of the first is replaced, and what is done stays done', async () => {
  const titles = async () =>
    rows<{ title: string; state: string; outcome: string }>(
      pool,
      `select title, state, facts ->> 'outcome' as outcome from obligations where follows_from = $1 order by created_at, id`,
      [warning],
    )
  await endIn('dibao')
  await act(warning, REOPEN)
  await endIn('temporary-assistance')
  const [first, second] = await titles()
  expect(first).toMatchObject({ state: 'cancelled', outcome: 'dibao' })
  expect(second).toMatchObject({ state: 'open', outcome: 'temporary-assistance' })
  expect(second?.title).toContain('临时救助')
  const done = (await livingOf(warning))[0]!.id
  expect(await act(done, { action: 'submit', result: FOUR_STEPS })).toBe(true)
  expect(await act(done, { action: 'accept' })).toBe(true)
  await act(warning, REOPEN)
  await endIn('dibao')
  expect((await titles()).map(({ state, outcome }) => [state, outcome])).toEqual([
    ['cancelled', 'dibao'],
    ['accepted', 'temporary-assistance'],
    ['open', 'dibao'],
  ])
})

const STEP = { on: '2022-06-06', by: '王主任' }
const FOUR_STEPS = { steps: { visit: STEP, verification: STEP, publicity: STEP, supervision: STEP } }

test('a visit that is accepted while its warning changes stays done, and what it began is taken back', async () => {
  await endIn('ineligible')
  const [{ id }] = (await followedOf(warning)) as [Followed]
  const on = instantAt('2022-08-03', '10:00')
  await act(id, visited('unchanged', '2022-08-03'), on)
  await act(warning, REOPEN)
  await act(warning, { action: 'submit', result: resultOf('dibao') }, on)
  let changing: Promise<boolean> | undefined
  await inTransaction(pool, async (tx) => {
    const request = { obligation: id, actor: systemActor('test'), now: on, keys }
    await runAction(tx, { ...request, action: { action: 'accept' } })
    changing = act(warning, { action: 'accept' }, on)
    await somebodyWaits()
  })
  expect(await changing).toBe(true)
  expect(await livingOf(warning)).toMatchObject([
    { id, state: 'accepted' },
    { kind: 'follow-up', state: 'open' },
  ])
  expect(await followedOf(id)).toMatchObject([{ kind: 'monitoring-visit', state: 'cancelled' }])
})

test('what follows is judged once nobody else holds it, so that what is accepted at this moment stays accepted', async () => {
  await endIn('ineligible')
  const [{ id }] = (await followedOf(warning)) as [Followed]
  const on = instantAt('2022-08-03', '10:00')
  await act(id, visited('unchanged', '2022-08-03'), on)
  await act(warning, REOPEN)
  await act(warning, { action: 'submit', result: resultOf('dibao') }, on)
  let changing: Promise<boolean> | undefined
  await inTransaction(pool, async (tx) => {
    // Nothing but its own rows: whoever changes the warning gets as far as the visit, and no lock beside it holds them up.
    const at = [id, new Date(on)]
    await tx.query('update assignments set ended_at = $2 where obligation = $1 and ended_at is null', at)
    await tx.query(
      `update obligations set state = 'accepted', closed_at = $2, version = version + 1, stage = null, holder_office = null,
              holder_person = null, holder_due_at = null, holder_due_on = null where id = $1`,
      at,
    )
    changing = act(warning, { action: 'accept' }, on)
    await somebodyWaits()
  })
  expect(await changing).toBe(true)
  expect((await followedOf(warning)).find((one) => one.id === id)?.state).toBe('accepted')
})

/** Until a transaction of this database waits for a lock. */
async function somebodyWaits(): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  while ((await rows(pool, waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('the household goes along, encrypted for its own row, and is found by the same number', async () => {
  await endIn('dibao')
  const [{ id }] = (await followedOf(warning)) as [Followed]
  const stored = (of: string) =>
    row<{ encrypted: Buffer; key_id: string; id_no_index: Buffer }>(
      pool,
      'select encrypted, key_id, id_no_index from subjects where obligation = $1',
      [of],
    )
  const [mine, its] = [(await stored(id))!, (await stored(warning))!]
  expect(decryptPerson(keys, id, mine.encrypted, mine.key_id)).toEqual(PERSON)
  expect(() => decryptPerson(keys, warning, mine.encrypted, mine.key_id)).toThrow()
  expect(mine.id_no_index).toEqual(its.id_no_index)
})

const visited = (finding: string, on: string): ActionInput => ({
  action: 'submit',
  result: { finding, visitedOn: on, visitedBy: '李干事' },
})

async function visit(id: string, finding: string, day: string): Promise<Followed[]> {
  const now = instantAt(day, '10:00')
  expect(await act(id, visited(finding, day), now)).toBe(true)
  expect(await act(id, { action: 'accept' }, now)).toBe(true)
  return followedOf(id)
}

test('visits go on every sixty days, on a working day, until one of them ends it', async () => {
  await endIn('ineligible')
  const [first] = (await followedOf(warning)) as [Followed]
  // 60 days after 6 June is a Friday.
  expect(first).toMatchObject({ kind: 'monitoring-visit', due_on: '2022-08-05' })
  const [second] = (await visit(first.id, 'unchanged', '2022-08-03')) as [Followed]
  // 2 October stands in the holiday.
  expect(second).toMatchObject({ kind: 'monitoring-visit', due_on: '2022-10-08', from: first.id })
  const [help] = (await visit(second.id, 'enrolled', '2022-09-30')) as [Followed]
  expect(help).toMatchObject({ kind: 'follow-up', from: second.id })
})

test('a visit that ends monitoring begins nothing', async () => {
  await endIn('ineligible')
  const [first] = (await followedOf(warning)) as [Followed]
  expect(await visit(first.id, 'improved', '2022-07-01')).toEqual([])
})

test('with another outcome the visits of the first end, also those that followed from visits', async () => {
  await endIn('ineligible')
  const [first] = (await followedOf(warning)) as [Followed]
  const [second] = (await visit(first.id, 'unchanged', '2022-08-03')) as [Followed]
  await act(warning, REOPEN)
  await endIn('dibao', instantAt('2022-08-10', '09:00'))
  expect((await livingOf(warning)).map(({ kind, state }) => [kind, state])).toEqual([
    ['monitoring-visit', 'accepted'],
    ['follow-up', 'open'],
  ])
  expect(await followedOf(first.id)).toMatchObject([{ id: second.id, state: 'cancelled' }])
  // Ineligible once more: monitoring begins anew, and what was cancelled cannot come back beside it.
  await act(warning, REOPEN)
  await endIn('ineligible', instantAt('2022-08-11', '09:00'))
  const open = (await followedOf(warning)).filter(({ state }) => state === 'open')
  expect(open.map(({ kind, due_on }) => [kind, due_on])).toEqual([['monitoring-visit', '2022-10-10']])
  expect(await act(first.id, REOPEN)).toBe(false)
})

test('a warning that is cancelled takes along what followed from it', async () => {
  await endIn('dibao')
  await act(warning, REOPEN)
  await act(warning, { action: 'cancel', reason: '来源撤回' })
  expect(await livingOf(warning)).toEqual([])
})
