import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import { handOnRefusal } from '../../../src/domain/obligation/hand-over.ts'
import type { DayPlan } from '../../../src/domain/time/calendar-change.ts'
import { type Day, instantAt } from '../../../src/domain/time/days.ts'
import type { ActionInput } from '../../../src/domain/obligation/lifecycle.ts'
import type { Actor } from '../../../src/domain/people/permissions.ts'
import { inTransaction, type Pool, row, rows } from '../../../src/db/pool.ts'
import { runAction } from '../../../src/services/obligations/act.ts'
import { handOn, planHandOn } from '../../../src/services/obligations/hand-on.ts'
import { changeCalendar } from '../../../src/services/recounts/change-calendar.ts'
import { readCalendar } from '../../../src/services/schedule/calendar.ts'
import { now as businessNow } from '../../../src/services/schedule/clock.ts'
import { actorWith, CENTRE, COUNTY, heldRole, TOWN } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import { personWith } from '../../support/scoped.ts'
import { confirmed, imported, warningFile } from '../../support/warning-file.ts'
import { keys, makeWorkerDeps } from '../../support/worker-deps.ts'

const OTHER = `${COUNTY}.donghe`
const CENTRE_HEAD = actorWith(heldRole('relief-centre', CENTRE))
const OFFER = { action: 'offer-hand-over', toOffice: OTHER, reason: '户籍在洞河镇' } as const

let database: Awaited<ReturnType<typeof createCounty>>
let pool: Pool
let engine: ReturnType<typeof makeInlineEngine>
let officer: Actor
let receiver: Actor
let nth = 0
let number: string
let id: string
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '09:00'))
  pool = database.pool
  const deps = makeWorkerDeps(pool, 'smtp://127.0.0.1:9')
  engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
  officer = await personOf(TOWN)
  receiver = await personOf(OTHER)
})
afterAll(() => database.drop())
beforeEach(async () => {
  number = `HO${++nth}`
  await bring('毛坝镇')
  id = (await row<{ id: string }>(pool, 'select id from obligations where external_id = $1', [number]))!.id
})

async function personOf(office: string): Promise<Actor> {
  const person = await personWith(pool, 'town-officer', office)
  return { ...actorWith(heldRole('town-officer', office)), id: person }
}

let files = 0
/** Yellow, issued on 6 June. */
const bring = async (town: string, cells = {}) => {
  const file = `im_h${++files}`
  await imported(pool, file, warningFile({ 预警编号: number, 乡镇: town, ...cells }))
  return file
}

const act = (action: ActionInput, actor: Actor) =>
  inTransaction(pool, async (tx) =>
    runAction(tx, { obligation: id, action, actor, now: await businessNow(tx), keys }),
  )
const done = async (action: ActionInput, actor: Actor) =>
  expect(await act(action, actor)).toMatchObject({ done: true })

type Standing = {
  office: string
  holder: string
  person: string | null
  startOn: string
  dueOn: string
  late: boolean
}
const standing = () =>
  row<Standing>(
    pool,
    `select o.office, o.holder_office as holder, o.holder_person as person, o.start_on as "startOn",
            o.holder_due_on as "dueOn", o.ended_late as late from obligations o where id = $1`,
    [id],
  )
const offers = () =>
  rows(
    pool,
    'select state, held_days as days, in_force as "inForce" from hand_overs where obligation = $1 order by id',
    [id],
  )

test('while an offer waits its giver holds the work; accepted, it keeps its start and its day, and the days of the giver are counted', async () => {
  const before = await standing()
  await engine.advanceTo(instantAt('2022-06-09', '10:00'))
  await done(OFFER, officer)
  expect(await standing()).toEqual(before)
  await done({ action: 'accept-hand-over' }, receiver)
  expect(await standing()).toEqual({ ...before, office: OTHER, holder: OTHER })
  expect(await offers()).toEqual([{ state: 'accepted', days: 3, inForce: true }])
  // Both may do what is theirs, and no more.
  expect(await act({ action: 'submit', result: { outcome: 'ineligible' } }, officer)).toMatchObject({
    refusal: { refused: 'forbidden' },
  })
  await done({ action: 'submit', result: { outcome: 'ineligible' } }, receiver)
})

test('what nobody answers is escalated, and the centre may decide; what is refused stays', async () => {
  await done(OFFER, officer)
  await engine.advanceTo(instantAt('2022-06-17', '10:00'))
  const told = await rows<{ kind: string; email: string }>(
    pool,
    `select distinct n.kind, p.email from notifications n join deadlines d on d.id = n.deadline join people p on p.id = n.person
      join assignments a on a.deadline = d.id where a.obligation = $1 and d.stage = 'hand-over' order by 1, 2`,
    [id],
  )
  expect(told.map(({ kind, email }) => `${kind} ${email.split('@')[0]}`)).toEqual(
    expect.arrayContaining(['offered officer', 'reminder officer', 'escalation head', 'escalation jiuzhu']),
  )
  await done({ action: 'refuse-hand-over', reason: '户籍不在本镇' }, CENTRE_HEAD)
  expect(await standing()).toMatchObject({ office: TOWN, holder: TOWN })
  expect(await offers()).toEqual([{ state: 'refused', days: null, inForce: true }])
})

test('an offer is withdrawn by its giver, lapses as the work is handed in, and goes to an office that can take it', async () => {
  await done(OFFER, officer)
  await done({ action: 'withdraw-hand-over' }, officer)
  await done(OFFER, officer)
  await done({ action: 'submit', result: { outcome: 'ineligible' } }, officer)
  expect(await offers()).toMatchObject([{ state: 'withdrawn' }, { state: 'lapsed' }])
  const open = `select count(*)::int as n from assignments where obligation = $1 and stage = 'hand-over' and ended_at is null`
  expect(await row(pool, open, [id])).toEqual({ n: 0 })
  await done({ action: 'return', reason: '补正' }, CENTRE_HEAD)
  for (const toOffice of [TOWN, 'sn.ak', `${COUNTY}.nowhere`])
    expect(await act({ ...OFFER, toOffice }, officer)).toMatchObject({
      refusal: { refused: 'bad-office', field: 'toOffice' },
    })
})

test('the file that named the wrong town says nothing new when it comes again, and a file with another one wins', async () => {
  await done(OFFER, officer)
  await done({ action: 'accept-hand-over' }, receiver)
  await bring('毛坝镇', { 联系电话: '19900005678' })
  expect(await standing()).toMatchObject({ office: OTHER })
  const file = await bring('高桥镇')
  await confirmed(pool, file)
  expect(await standing()).toMatchObject({ office: `${COUNTY}.gaoqiao` })
  expect(await offers()).toMatchObject([{ state: 'accepted', inForce: false }])
})

test('named to a person it is watched for that person, until it is put back or the person has no part in it', async () => {
  const before = await standing()
  await done({ action: 'take' }, officer)
  expect(await standing()).toEqual({ ...before, person: officer.id })
  const deadline = `select count(distinct a.person)::int as people, min(a.person) as person from assignments a
    where a.ended_at is null and a.deadline = (select deadline from assignments where obligation = $1 and ended_at is null)`
  expect(await row(pool, deadline, [id])).toEqual({ people: 1, person: officer.id })
  expect(await act({ action: 'assign', person: receiver.id }, officer)).toMatchObject({
    refusal: { refused: 'bad-person', field: 'person' },
  })
  await done({ action: 'put-back' }, officer)
  expect(await standing()).toEqual(before)
  expect(await act({ action: 'put-back' }, officer)).toMatchObject({ refusal: { refused: 'not-assigned' } })
  await done({ action: 'assign', person: officer.id }, officer)
  // More time and a pause leave it with its person; another office begins without one.
  await done({ action: 'request-extension', reason: '户主住院', days: 2 }, officer)
  await done({ action: 'grant-extension' }, CENTRE_HEAD)
  expect((await standing())?.person).toBe(officer.id)
  await done(OFFER, officer)
  await done({ action: 'accept-hand-over' }, receiver)
  expect((await standing())?.person).toBeNull()
})

test('the work of a whole office goes to another one: as the dry run says, with start and day, in every state', async () => {
  const states = async () =>
    rows<{ id: string; office: string; state: string; stage: string | null; startOn: string; dueOn: string }>(
      pool,
      `select id, office, state, stage, start_on as "startOn", due_on as "dueOn" from obligations order by id`,
    )
  await done({ action: 'suspend', reasonCode: 'disaster', reason: '汛情', until: '2022-07-01' }, CENTRE_HEAD)
  const paused = id
  const before = await states()
  const moving = before.filter(({ office, state }) => office === TOWN && state !== 'accepted')
  const now = await businessNow(pool)
  const order = { from: TOWN, to: OTHER }
  expect(await planHandOn(pool, order, now, 500)).toMatchObject({
    ...{ count: moving.length, paused: 1 },
    items: expect.arrayContaining([expect.objectContaining({ id: paused })]) as object[],
  })
  expect(await states()).toEqual(before)
  await inTransaction(pool, (tx) => handOn(tx, order, { actor: { id: 'owner' }, now }))
  const after = await states()
  expect(after).toEqual(
    before.map((one) => (moving.some((m) => m.id === one.id) ? { ...one, office: OTHER } : one)),
  )
  // What was paused goes on there, from the day it began.
  await done({ action: 'resume' }, CENTRE_HEAD)
  expect(await standing()).toMatchObject({ office: OTHER, holder: OTHER, startOn: '2022-06-06' })
})

test('a whole office goes to a town of its own county in which somebody works', () => {
  const town = (code: string, parent: string = COUNTY) => ({ code, parent, kind: 'town' as const })
  expect(handOnRefusal(town(TOWN), town(OTHER), 1)).toBeNull()
  expect(handOnRefusal(town(TOWN), town(OTHER), 0)).toMatchObject({
    ...{ refused: 'bad-office', message: expect.stringContaining('还没有能承办的人') as string },
  })
  expect(handOnRefusal(town(TOWN), town('sn.ak.qx.yi', 'sn.ak.qx'), 1)).toMatchObject({
    message: expect.stringContaining('不在同一个县') as string,
  })
})

test('by the calendar of the other town it is never due earlier than it was, and the history says a day that moved', async () => {
  const change = (office: string, day: Day, plan: DayPlan) =>
    inTransaction(pool, async (tx) =>
      changeCalendar(
        tx,
        {
          scope: { below: false, offices: [office] },
          spans: [{ from: day, to: day, plan, name: '汛情' }],
          source: '县防指通知',
        },
        { county: COUNTY, actor: 'pe_me', now: await businessNow(tx) },
      ),
    )
  const startOn = (await standing())!.startOn
  const calendar = await readCalendar(pool, null)
  const first = calendar.add(startOn, 2)
  await change(TOWN, first, 'off')
  const givers = (await standing())!.dueOn
  expect(givers).toBe(calendar.add(startOn, 11))
  await done(OFFER, officer)
  await done({ action: 'accept-hand-over' }, receiver)
  expect(await standing()).toMatchObject({ office: OTHER, dueOn: givers })
  // Days off there move it later, and that is said.
  await change(TOWN, first, 'reset')
  await change(TOWN, calendar.add(startOn, 3), 'off')
  const back = { ...OFFER, toOffice: TOWN }
  await done(back, receiver)
  await done({ action: 'accept-hand-over' }, officer)
  const later = (await standing())!.dueOn
  expect(later).toBe(calendar.next(givers))
  const told = await rows<{ day: string | null }>(
    pool,
    `select detail ->> 'dueOn' as day from events where obligation = $1 and action = 'accept-hand-over' order by id`,
    [id],
  )
  expect(told.map(({ day }) => day)).toEqual([null, later])
  await change(TOWN, calendar.add(startOn, 3), 'reset')
})

test('where the centre accepts it for the other office, both hear of it', async () => {
  const told = () =>
    rows(pool, 'select action, office from decisions where obligation = $1 order by id', [id])
  await done(OFFER, officer)
  await done({ action: 'accept-hand-over' }, CENTRE_HEAD)
  expect(await told()).toEqual([
    { action: 'accept-hand-over', office: TOWN },
    { action: 'hand-over-decided', office: null },
  ])
  await done({ ...OFFER, toOffice: TOWN }, receiver)
  await done({ action: 'accept-hand-over' }, officer)
  expect((await told()).slice(2)).toEqual([{ action: 'accept-hand-over', office: OTHER }])
})

test('an offer to a town that goes to another one lapses, and its giver hears of it', async () => {
  const gone = `${COUNTY}.gaoqiao`
  await done({ ...OFFER, toOffice: gone }, officer)
  const now = await businessNow(pool)
  await inTransaction(pool, (tx) => handOn(tx, { from: gone, to: OTHER }, { actor: { id: 'owner' }, now }))
  expect(await standing()).toMatchObject({ office: TOWN, holder: TOWN })
  expect(await offers()).toMatchObject([{ state: 'lapsed' }])
  const last = await row<{ action: string }>(
    pool,
    'select action from events where obligation = $1 order by id desc limit 1',
    [id],
  )
  expect(last?.action).toBe('hand-over-lapsed')
  expect(await rows(pool, 'select action, office from decisions where obligation = $1', [id])).toEqual([
    { action: 'hand-over-lapsed', office: null },
  ])
})
