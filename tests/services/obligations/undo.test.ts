import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import type { ActionInput } from '../../../src/domain/obligation/lifecycle.ts'
import type { Actor } from '../../../src/domain/people/permissions.ts'
import type { CalendarChange } from '../../../src/domain/time/calendar-change.ts'
import { addDays, dayOf, instantAt } from '../../../src/domain/time/days.ts'
import { inTransaction, type Pool, row, rows } from '../../../src/db/pool.ts'
import { runAction } from '../../../src/services/obligations/act.ts'
import { changeCalendar } from '../../../src/services/recounts/change-calendar.ts'
import { now as businessNow, setClock } from '../../../src/services/schedule/clock.ts'
import { actorWith, CENTRE, COUNTY, heldRole, TOWN } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import { personWith } from '../../support/scoped.ts'
import { givenWarning } from '../../support/warnings.ts'
import { keys, makeWorkerDeps } from '../../support/worker-deps.ts'

const OTHER = `${COUNTY}.donghe`
let database: Awaited<ReturnType<typeof createCounty>>
let pool: Pool
let engine: ReturnType<typeof makeInlineEngine>
let officer: Actor
let receiver: Actor
const centre = { ...actorWith(heldRole('relief-centre', CENTRE)), id: 'pe_centre' }
const leader = { ...actorWith(heldRole('bureau-leader', COUNTY)), id: 'pe_leader' }
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '09:00'))
  pool = database.pool
  const deps = makeWorkerDeps(pool, 'smtp://127.0.0.1:9')
  engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
  const personOf = async (office: string) => ({
    ...actorWith(heldRole('town-officer', office)),
    id: await personWith(pool, 'town-officer', office),
  })
  officer = await personOf(TOWN)
  receiver = await personOf(OTHER)
})
afterAll(() => database.drop())

let nth = 0
async function given(): Promise<string> {
  const name = `UN${++nth}`
  await givenWarning(pool, { id: name, level: 'yellow' })
  return (await row<{ id: string }>(pool, 'select id from obligations where external_id = $1', [name]))!.id
}
const act = (obligation: string, action: ActionInput, actor: Actor) =>
  inTransaction(pool, async (tx) =>
    runAction(tx, { obligation, action, actor, now: await businessNow(tx), keys }),
  )
const undo = (id: string, actor: Actor) => act(id, { action: 'undo' }, actor)
const later = async (minutes: number) =>
  setClock(pool, { mode: 'stepped', businessAt: (await businessNow(pool)) + minutes * 60_000 })

/** Everything of an obligation that an action can change, without its version and its history. */
const standing = async (id: string) => ({
  row: await row(
    pool,
    `select state, office, reviewer, stage, holder_office, holder_person, holder_due_at, holder_due_on, ended_late, acknowledged_at,
            result, key, closed_at, start_on, due_at, due_on, provisional from obligations where id = $1`,
    [id],
  ),
  open: await rows(
    pool,
    'select id, office, person, stage, due_on, deadline from assignments where obligation = $1 and ended_at is null order by id',
    [id],
  ),
  pauses: await rows(pool, 'select * from pauses where obligation = $1 order by id', [id]),
  extensions: await rows(pool, 'select * from extensions where obligation = $1 order by id', [id]),
  handOvers: await rows(pool, 'select * from hand_overs where obligation = $1 order by id', [id]),
  texts: await rows(pool, 'select * from result_texts where obligation = $1', [id]),
  decisions: await rows(pool, 'select * from decisions where obligation = $1', [id]),
})

type Who = 'officer' | 'receiver' | 'centre' | 'leader'
const STEPS: [Who, ActionInput][] = [
  ['officer', { action: 'acknowledge' }],
  ['officer', { action: 'submit', result: { outcome: 'dibao', note: '材料齐全' } }],
  ['centre', { action: 'accept' }],
  ['centre', { action: 'return', reason: '补正' }],
  ['centre', { action: 'cancel', reason: '来源撤回' }],
  ['centre', { action: 'reopen', reason: '复查' }],
  ['centre', { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until: '2022-06-10' }],
  ['centre', { action: 'resume' }],
  ['officer', { action: 'request-extension', reason: '户主住院', days: 2 }],
  ['leader', { action: 'grant-extension', grantedDays: 1 }],
  ['leader', { action: 'refuse-extension', reason: '可以办完' }],
  ['officer', { action: 'offer-hand-over', toOffice: OTHER, reason: '户籍在洞河镇' }],
  ['receiver', { action: 'accept-hand-over' }],
  ['officer', { action: 'take' }],
  ['officer', { action: 'put-back' }],
]

test('whatever is done and taken back at once leaves everything as it stood', async () => {
  const script = fc.array(fc.tuple(fc.nat(STEPS.length - 1), fc.boolean()), { minLength: 4, maxLength: 9 })
  const taken = new Set<string>()
  let playing: Promise<void> = Promise.resolve()
  const play = async (steps: [number, boolean][]) => {
    const id = await given()
    const people = { officer, receiver, centre, leader }
    for (const [i, takeBack] of steps) {
      const [who, action] = STEPS[i]!
      const before = await standing(id)
      if (!(await act(id, action, people[who])).done) continue
      if (takeBack) {
        expect(await undo(id, people[who])).toMatchObject({
          done: true,
          state: (before.row as { state: string }).state,
        })
        expect(await standing(id)).toEqual(before)
        taken.add(action.action)
      }
      await later(1)
    }
  }
  await fc.assert(
    fc.asyncProperty(script, (steps) => (playing = play(steps))),
    { numRuns: 25, interruptAfterTimeLimit: 60_000 },
  )
  // One that was interrupted still moves the clock of the other tests.
  await Promise.allSettled([playing])
  expect(taken.size).toBeGreaterThan(5)
}, 180_000)

test('each step that says so is taken back, one after another, by whoever did it alone', async () => {
  const people = { officer, receiver, centre, leader }
  const id = await given()
  const path = [1, 2, 5, 1, 3, 6, 7, 8, 9, 11, 12] as const
  for (const step of path) {
    const [who, action] = STEPS[step]!
    const actor =
      who === 'officer' && (await standing(id)).open.some((a) => (a as { office: string }).office === OTHER)
        ? receiver
        : people[who]
    const before = await standing(id)
    expect([action.action, await act(id, action, actor)]).toMatchObject([action.action, { done: true }])
    expect(await undo(id, { ...actor, id: 'pe_somebody' })).toMatchObject({
      refusal: { refused: 'forbidden' },
    })
    expect([action.action, await undo(id, actor)]).toMatchObject([action.action, { done: true }])
    expect(await standing(id)).toEqual(before)
    expect(await act(id, action, actor)).toMatchObject({ done: true })
    await later(1)
  }
})

test('too late, or once somebody acted on it or on what it began, it stays, and says what to do', async () => {
  const id = await given()
  await act(id, { action: 'submit', result: { outcome: 'dibao' } }, officer)
  await later(11)
  expect(await undo(id, officer)).toMatchObject({
    refusal: { refused: 'undo-too-late', message: expect.stringContaining('10 分钟') as string },
  })
  await act(id, { action: 'accept' }, centre)
  const followed = `select id, state, version from obligations where follows_from = $1`
  const began = (await row<{ id: string }>(pool, followed, [id]))!.id
  await act(began, { action: 'acknowledge' }, officer)
  expect(await undo(id, centre)).toMatchObject({ refusal: { refused: 'acted-since' } })
  // Nobody has begun anything of this one.
  const other = await given()
  await act(other, { action: 'submit', result: { outcome: 'dibao' } }, officer)
  await act(other, { action: 'accept' }, centre)
  expect(await undo(other, centre)).toMatchObject({ done: true, state: 'submitted' })
  expect(await row(pool, followed, [other])).toMatchObject({ state: 'cancelled' })
  // Accepted again, it follows again.
  await act(other, { action: 'accept' }, centre)
  expect((await rows<{ state: string }>(pool, followed, [other])).map(({ state }) => state).sort()).toEqual([
    'cancelled',
    'open',
  ])
  expect(await undo(await given(), officer)).toMatchObject({ refusal: { refused: 'nothing-to-undo' } })
})

test('days that were counted anew stay: what stood before has the old ones, and is not brought back', async () => {
  const id = await given()
  await act(id, { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until: '2022-06-20' }, centre)
  const on = dayOf(await businessNow(pool))
  const change: CalendarChange = {
    scope: { below: false, offices: [TOWN] },
    spans: [{ from: addDays(on, 1), to: addDays(on, 2), plan: 'off', name: '汛情' }],
    source: '县防指通知',
  }
  await inTransaction(pool, async (tx) =>
    changeCalendar(tx, change, { county: COUNTY, actor: 'pe_me', now: await businessNow(tx) }),
  )
  const before = await standing(id)
  expect(await undo(id, centre)).toMatchObject({ refusal: { refused: 'nothing-to-undo' } })
  expect(await standing(id)).toEqual(before)
  await inTransaction(pool, async (tx) =>
    changeCalendar(
      tx,
      { ...change, spans: change.spans.map((span) => ({ ...span, plan: 'reset' as const })) },
      { county: COUNTY, actor: 'pe_me', now: await businessNow(tx) },
    ),
  )
})

test('beside a change of days that is under way a step waits, and then is not taken back: what was closed would live again by old days', async () => {
  const id = await given()
  await act(id, { action: 'submit', result: { outcome: 'ineligible' } }, officer)
  await act(id, { action: 'accept' }, centre)
  const on = dayOf(await businessNow(pool))
  const change = (plan: 'off' | 'reset'): CalendarChange => ({
    scope: { below: true, offices: [COUNTY] },
    spans: [{ from: addDays(on, 1), to: addDays(on, 1), plan, name: '汛情' }],
    source: '县防指通知',
  })
  const order = { county: COUNTY, actor: 'pe_me', now: await businessNow(pool) }
  const changing = await pool.connect()
  await changing.query('begin')
  await changeCalendar(changing, change('off'), order)
  const undoing = undo(id, centre)
  const waiting =
    'select from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()'
  await expect.poll(() => row(pool, waiting), { timeout: 20_000, interval: 10 }).toBeDefined()
  await changing.query('commit')
  changing.release()
  expect(await undoing).toMatchObject({ refusal: { refused: 'nothing-to-undo' } })
  expect((await standing(id)).row).toMatchObject({ state: 'accepted', stage: null })
  await inTransaction(pool, (tx) => changeCalendar(tx, change('reset'), order))
})

test('what was taken back is told to nobody', async () => {
  await engine.advanceTo(instantAt('2022-06-07', '10:00'))
  const id = await given()
  await act(id, { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until: '2022-06-20' }, centre)
  await undo(id, centre)
  await act(id, { action: 'submit', result: { outcome: 'ineligible' } }, officer)
  await act(id, { action: 'accept' }, centre)
  await undo(id, centre)
  await engine.advanceTo(instantAt('2022-06-08', '10:00'))
  const told = await rows(
    pool,
    `select n.kind from notifications n where n.state = 'mailed' and (n.obligation = $1 and n.kind = 'accepted'
        or n.kind = 'correction' and n.detail like $2)`,
    [id, `UN${nth} %`],
  )
  expect(told).toEqual([])
})
