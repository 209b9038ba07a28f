import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Audience } from '../../../src/domain/escalation/audience.ts'
import type { MomentForm } from '../../../src/domain/escalation/moment-form.ts'
import type { CalendarChange, DayPlan } from '../../../src/domain/time/calendar-change.ts'
import { type Day, instantAt } from '../../../src/domain/time/days.ts'
import { inTransaction, type Pool, row, rows } from '../../../src/db/pool.ts'
import { composeRound } from '../../../src/services/notifications/compose.ts'
import { nextKeptRound } from '../../../src/services/notifications/kept-round.ts'
import { notify } from '../../../src/services/notifications/notify.ts'
import { latePressing } from '../../../src/services/deadlines/late-pressing.ts'
import { toldOfLate } from '../../../src/services/notifications/mail-queries.ts'
import { toldOfObligations } from '../../../src/services/notifications/told-of-obligations.ts'
import { searchObligations } from '../../../src/services/obligations/search.ts'
import { toldMomentsOf } from '../../../src/services/obligations/told-story.ts'
import { county } from '../../../src/services/people/offices.ts'
import {
  changeCalendar,
  previewCalendarChange,
  publishForEverybody,
  UnknownOffice,
} from '../../../src/services/recounts/change-calendar.ts'
import { readCountyCalendar } from '../../../src/services/schedule/calendar.ts'
import { countProvisional } from '../../../src/services/schedule/missing-year.ts'
import { now as businessNow, setClock } from '../../../src/services/schedule/clock.ts'
import { actorWith, CENTRE, COUNTY, heldRole, TOWN } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import { wrongHolders } from '../../support/holders.ts'
import { personWith } from '../../support/scoped.ts'
import { givenWarning, when } from '../../support/warnings.ts'
import { makeWorkerDeps } from '../../support/worker-deps.ts'

const NOW = instantAt('2022-08-15', '09:00')
const CENTRE_HEAD = actorWith(heldRole('relief-centre', CENTRE))
const OFFICER = { ...actorWith(heldRole('town-officer', TOWN)), id: 'pe_officer' }

let database: Awaited<ReturnType<typeof createCounty>>
let pool: Pool
beforeAll(async () => {
  database = await createCounty(NOW)
  pool = database.pool
})
beforeEach(async () => {
  await pool.query(`truncate obligations, deadlines, office_days, due_changes, pokes, rounds cascade`)
  await setClock(pool, { mode: 'stepped', businessAt: NOW })
})
afterAll(async () => {
  expect(await wrongHolders(pool)).toEqual([])
  await database.drop()
})

/** Five working days from Monday the 15th are over on Monday the 22nd. */
const flood = (days: readonly Day[], offices: readonly string[] = [TOWN], plan: DayPlan = 'off') =>
  ({
    scope: { below: offices.includes(COUNTY), offices },
    spans: days.map((on) => ({ from: on, to: on, plan, name: '汛情' })),
    source: '县防指〔2022〕8号',
  }) satisfies CalendarChange

const preview = async (change: CalendarChange) =>
  previewCalendarChange(pool, change, { county: COUNTY, now: await businessNow(pool) })
const apply = (change: CalendarChange) =>
  inTransaction(pool, async (tx) =>
    changeCalendar(tx, change, { county: COUNTY, actor: 'pe_me', now: await businessNow(tx) }),
  )
const dueOf = async (id: string) =>
  row<{
    dueOn: Day
    holderDueOn: Day | null
    assigned: Day | null
    deadlineDueOn: Day | null
    version: number
  }>(
    pool,
    `select o.due_on as "dueOn", o.holder_due_on as "holderDueOn", a.due_on as assigned, d.due_on as "deadlineDueOn", o.version
       from obligations o left join assignments a on a.obligation = o.id and a.ended_at is null and a.stage not in ('extension','hand-over')
       left join deadlines d on d.id = a.deadline where o.external_id = $1`,
    [id],
  )

describe('days off of some towns', () => {
  test('are first told of, and nothing is written', async () => {
    await givenWarning(pool, { id: 'YJ1', level: 'orange' })
    await givenWarning(pool, { id: 'YJ2', level: 'orange', town: 'donghe' })
    const effect = await preview(flood(['2022-08-16', '2022-08-17']))
    expect(effect.total).toMatchObject({ open: 1, later: 1, earlier: 0, becomesLate: 0, ceasesLate: 0 })
    expect([...effect.byOffice.keys()]).toEqual([TOWN])
    expect(effect.rows.map(({ work, after }) => [work.name, work.dueOn, after.limit.dueOn])).toEqual([
      ['YJ1', '2022-08-22', '2022-08-24'],
    ])
    expect(await dueOf('YJ1')).toMatchObject({ dueOn: '2022-08-22', version: 1 })
    expect(await rows(pool, 'select from office_days')).toEqual([])
  })

  test('move what these towns hold, with deadline, history and a line; no other town’s', async () => {
    await givenWarning(pool, { id: 'YJ1', level: 'orange' })
    await givenWarning(pool, { id: 'YJ2', level: 'orange', town: 'donghe' })
    const change = flood(['2022-08-16', '2022-08-17'])
    const told = await preview(change)
    const done = await apply(change)
    expect(done.total).toEqual(told.total)
    const moved = {
      dueOn: '2022-08-24',
      holderDueOn: '2022-08-24',
      assigned: '2022-08-24',
      deadlineDueOn: '2022-08-24',
    }
    expect(await dueOf('YJ1')).toEqual({ ...moved, version: 2 })
    expect(await dueOf('YJ2')).toMatchObject({ dueOn: '2022-08-22', version: 1 })
    expect(await rows(pool, `select office, later, earlier, names from due_changes`)).toEqual([
      { office: TOWN, later: 1, earlier: 0, names: ['YJ1'] },
    ])
    const event = await row<{ detail: object }>(pool, `select detail from events where action = 'recount'`)
    expect(event?.detail).toEqual({
      cause: 'calendar',
      from: '2022-08-22',
      to: '2022-08-24',
      stage: 'perform',
    })
  })

  test('taken back bring the old day again', async () => {
    await givenWarning(pool, { id: 'YJ1', level: 'orange' })
    const change = flood(['2022-08-16'])
    await apply(change)
    await apply({ ...change, spans: change.spans.map((span) => ({ ...span, plan: 'reset' as const })) })
    expect(await dueOf('YJ1')).toMatchObject({ dueOn: '2022-08-22', deadlineDueOn: '2022-08-22' })
    expect((await apply({ ...change, spans: [] })).total).toMatchObject({ later: 0, earlier: 0 })
  })
})

describe('what moves', () => {
  test('says who becomes late and who ceases to be', async () => {
    await givenWarning(pool, { id: 'YJ1', level: 'orange', issuedOn: '2022-08-05' })
    await givenWarning(pool, { id: 'YJ3', level: 'orange', issuedOn: '2022-08-08' })
    // Due on the 12th and today.
    expect((await preview(flood(['2022-08-10'], [COUNTY]))).total).toMatchObject({ later: 2, ceasesLate: 1 })
    expect((await preview(flood(['2022-08-13'], [COUNTY], 'work'))).total).toMatchObject({
      earlier: 1,
      becomesLate: 1,
    })
  })

  test('keeps pauses and extensions, counted anew from their parts', async () => {
    await givenWarning(pool, { id: 'YJ1', level: 'yellow' })
    await when(pool, 'YJ1', { action: 'request-extension', reason: '户主住院', days: 3 }, OFFICER)
    await when(pool, 'YJ1', { action: 'grant-extension' }, CENTRE_HEAD)
    await givenWarning(pool, { id: 'YJ2', level: 'yellow' })
    const pause = { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until: '2022-08-19' } as const
    await when(pool, 'YJ2', pause, CENTRE_HEAD)
    // A day off within the pause stands still no longer, and one after it counts.
    await apply(flood(['2022-08-17', '2022-08-25']))
    expect(await dueOf('YJ1')).toMatchObject({ dueOn: '2022-09-05', assigned: '2022-09-05' })
    expect(await dueOf('YJ2')).toMatchObject({ dueOn: '2022-09-05', holderDueOn: '2022-08-19' })
    await when(pool, 'YJ2', { action: 'resume' }, CENTRE_HEAD)
    await apply({ ...flood([]), spans: [] })
    expect((await preview({ ...flood([]), spans: [] })).total).toMatchObject({ later: 0, earlier: 0 })
  })

  test('is not the day of work by the day of an offer, which nobody counts as work', async () => {
    await givenWarning(pool, { id: 'YJ1', level: 'orange' })
    const offer = { action: 'offer-hand-over', toOffice: `${COUNTY}.donghe`, reason: '户籍在洞河镇' } as const
    await when(pool, 'YJ1', offer, OFFICER)
    const days = flood(['2022-08-16'], [COUNTY])
    const told = await preview(days)
    expect(told.total).toMatchObject({ open: 1, later: 1 })
    const done = await apply(days)
    expect(done.total).toEqual(told.total)
    expect(done.rows.map(({ work }) => work.stage)).toEqual(['perform'])
    const moved = '2022-08-23'
    expect(await dueOf('YJ1')).toMatchObject({ dueOn: moved, holderDueOn: moved, assigned: moved })
    expect(await rows(pool, 'select office, names from due_changes')).toEqual([
      { office: TOWN, names: ['YJ1'] },
    ])
  })

  test('stays with the person it is named to, behind a deadline of their own', async () => {
    for (const id of ['YJ1', 'YJ2']) await givenWarning(pool, { id, level: 'orange' })
    const person = await personWith(pool, 'town-officer', TOWN)
    await when(pool, 'YJ1', { action: 'take' }, { ...OFFICER, id: person })
    await apply(flood(['2022-08-16']))
    const behind = `select array_agg(a.person) as people from assignments a where a.ended_at is null group by a.deadline order by 1`
    expect(await rows(pool, behind)).toEqual([{ people: [person] }, { people: [null] }])
  })

  test('is no end of a pause, whatever else is open beside it: it is done as it was told', async () => {
    await givenWarning(pool, { id: 'YJ1', level: 'yellow' })
    const pause = { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until: '2022-08-19' } as const
    await when(pool, 'YJ1', pause, CENTRE_HEAD)
    await givenWarning(pool, { id: 'YJ2', level: 'yellow' })
    await when(pool, 'YJ2', { action: 'request-extension', reason: '户主住院', days: 3 }, OFFICER)
    await givenWarning(pool, { id: 'YJ3', level: 'yellow' })
    const offer = { action: 'offer-hand-over', toOffice: `${COUNTY}.donghe`, reason: '户籍在洞河镇' } as const
    await when(pool, 'YJ3', offer, OFFICER)
    const change = flood(['2022-08-16'], [COUNTY])
    const told = await preview(change)
    expect((await apply(change)).total).toEqual(told.total)
    const paused = await row(pool, `select due_on as "dueOn" from assignments where stage = 'pause'`)
    expect(paused).toEqual({ dueOn: '2022-08-19' })
    expect(await dueOf('YJ1')).toMatchObject({ holderDueOn: '2022-08-19' })
  })

  test('is nothing that ended, and no day that a document names', async () => {
    await givenWarning(pool, { id: 'YJ1', level: 'orange' })
    await when(pool, 'YJ1', { action: 'cancel', reason: '重复登记' }, CENTRE_HEAD)
    await apply(flood(['2022-08-16']))
    expect(await dueOf('YJ1')).toMatchObject({ dueOn: '2022-08-22', holderDueOn: null, version: 2 })
  })

  test('is still told of in the story as it was told', async () => {
    await givenWarning(pool, { id: 'YJ1', level: 'orange' })
    const { id, deadline } = (await row<{ id: string; deadline: string }>(
      pool,
      `select obligation as id, deadline from assignments where ended_at is null`,
    ))!
    await pool.query(
      `insert into firings (deadline, moment, moment_form, at, fired_at, joins, open_count, notified_count)
       values ($1, 'assigned', '{"series":"assigned"}', $2, $2, 1, 1, 1)`,
      [deadline, new Date(NOW)],
    )
    await setClock(pool, { mode: 'stepped', businessAt: NOW + 3_600_000 })
    await apply(flood(['2022-08-16']))
    expect((await toldMomentsOf(pool, id)).map(({ moment }) => moment)).toEqual(['assigned'])
    expect(
      await rows(pool, `select subject from pokes where kind = 'deadline' and subject = $1`, [deadline]),
    ).not.toEqual([])
  })
})

describe('a line that waits for its round', () => {
  /** The officer is owed a line about what began, or joined, and the round is composed after the day has moved. */
  async function toldAfterChange(
    form: MomentForm = { series: 'assigned' },
    changes: readonly CalendarChange[] = [flood(['2022-08-16', '2022-08-17'])],
  ): Promise<{
    obligation: string
    mail: string
    text: string
    person: string
  }> {
    await givenWarning(pool, { id: 'YJ1', level: 'orange' })
    const person = await personWith(pool, 'town-officer', TOWN)
    const found = `select a.obligation, a.deadline from assignments a join obligations o on o.id = a.obligation where o.external_id = 'YJ1'`
    const { obligation, deadline } = (await row<{ obligation: string; deadline: string }>(pool, found))!
    await pool.query(
      `insert into firings (deadline, moment, moment_form, at, fired_at, joins, open_count, notified_count)
       values ($1, 'assigned', '{"series":"assigned"}', $2, $2, 1, 1, 1)`,
      [deadline, new Date(NOW)],
    )
    const about = { moment: form.series, momentForm: form, undeliveredTo: null }
    const people = [{ person, kind: 'assigned', audience: null, detail: null } as const]
    const telling = { county: COUNTY, cause: `${deadline}/assigned`, deadline, about, urgent: false, people }
    await inTransaction(pool, (tx) => notify(tx, telling, NOW))
    for (const [i, change] of changes.entries()) {
      await setClock(pool, { mode: 'stepped', businessAt: NOW + (i + 1) * 60_000 })
      await apply(change)
    }
    const { at } = (await row<{ at: number }>(pool, 'select max(round_at) as at from notifications'))!
    const { letters } = makeWorkerDeps(pool, 'smtp://127.0.0.1:1')
    const time = { clock: { mode: 'stepped', businessAt: at }, now: at, wallNow: at } as const
    await inTransaction(pool, async (tx) => composeRound(tx, letters, await county(tx, COUNTY), time))
    const written = `select m.id as mail, m.text_body as text from notifications n join mails m on m.id = n.mail where n.person = $1`
    const mail = await row<{ mail: string; text: string }>(pool, written, [person])
    return { obligation, person, mail: mail?.mail ?? '', text: mail?.text ?? '' }
  }

  test('says with the new day what began before it', async () => {
    const { text, mail } = await toldAfterChange()
    expect(text).toMatch(/新任务[^]*YJ1/)
    expect(text).toContain('8月24日')
    const page = { sort: 'dueAt', after: null, limit: 10, now: NOW } as const
    const scope = { offices: [COUNTY], counties: [COUNTY] }
    const listed = await searchObligations(pool, { mail }, page, scope)
    expect(listed.map(({ externalId }) => externalId)).toEqual(['YJ1'])
  })

  test('says with the new day what had joined others that were told before', async () => {
    expect((await toldAfterChange({ series: 'joined', n: 1 })).text).toMatch(/新任务[^]*8月24日[^]*YJ1/)
  })

  test('says of nothing that it began, which was told before and has taken its place', async () => {
    await givenWarning(pool, { id: 'YJ2', level: 'orange', issuedOn: '2022-08-11' })
    const { text } = await toldAfterChange()
    expect((await dueOf('YJ2'))?.dueOn).toBe('2022-08-22')
    expect([...text.matchAll(/【新任务】.*/g)].map(([line]) => /YJ\d|\d件/.exec(line)?.[0])).toEqual(['YJ1'])
  })

  test('is told once where a change was taken back before the round', async () => {
    const days: Day[] = ['2022-08-16', '2022-08-17']
    const { text } = await toldAfterChange({ series: 'assigned' }, [
      flood(days),
      flood(days, [TOWN], 'reset'),
    ])
    expect((await dueOf('YJ1'))?.dueOn).toBe('2022-08-22')
    expect(text).toContain('8月22日')
    expect([...text.matchAll(/【新任务】.*/g)].map(([line]) => /YJ\d|\d件/.exec(line)?.[0])).toEqual(['YJ1'])
  })

  test('goes with the next round where its day is free now, and only then', async () => {
    const person = await personWith(pool, 'town-officer', TOWN)
    const people = [{ person, kind: 'correction', audience: null, detail: '更正' } as const]
    const telling = { county: COUNTY, cause: 'given', deadline: null, urgent: false, people }
    await inTransaction(pool, (tx) => notify(tx, telling, NOW))
    const morning = (day: Day) => instantAt(day, '08:30')
    const round = (now: number) =>
      inTransaction(pool, async (tx) =>
        nextKeptRound(tx, await county(tx, COUNTY), await readCountyCalendar(tx, COUNTY), now),
      )
    await apply(flood(['2022-08-16']))
    expect(await round(morning('2022-08-16'))).toBe(morning('2022-08-16'))
    await apply(flood(['2022-08-16', '2022-08-17'], [COUNTY]))
    expect(await round(NOW)).toBe(morning('2022-08-16'))
    expect(await round(morning('2022-08-16'))).toBe(morning('2022-08-18'))
    expect(await rows(pool, 'select round_at as at from notifications')).toEqual([
      { at: morning('2022-08-18') },
    ])
  })

  test('counts as told of what a recount has taken from its deadline', async () => {
    const { obligation, person } = await toldAfterChange()
    expect(await toldOfObligations(pool, [obligation])).toMatchObject([{ id: person }])
    const [began] = await toldMomentsOf(pool, obligation)
    expect(began).toMatchObject({ moment: 'assigned', told: [{ person, line: 'mailed' }] })
  })
})

test('what comes where others stood is told of nothing that lay before it, once those have gone elsewhere', async () => {
  await givenWarning(pool, { id: 'YJ1', level: 'orange', issuedOn: '2022-08-12' })
  await givenWarning(pool, { id: 'YJ2', level: 'orange' })
  await apply(flood(['2022-08-16']))
  expect((await dueOf('YJ1'))?.dueOn).toBe('2022-08-22')
  expect((await dueOf('YJ2'))?.dueOn).toBe('2022-08-23')
  const behind = `select d.joins, d.silent_until as "silentUntil" from assignments a join obligations o on o.id = a.obligation
      join deadlines d on d.id = a.deadline where o.external_id = 'YJ1' and a.ended_at is null`
  expect(await row(pool, behind)).toEqual({ joins: 0, silentUntil: NOW })
})

test('what is late after a change as before it has been told to whom it was', async () => {
  await givenWarning(pool, { id: 'YJ1', level: 'orange', issuedOn: '2022-07-25' })
  const { deadline } = (await row<{ deadline: string }>(pool, 'select deadline from assignments'))!
  const about = { moment: 'rung-1', momentForm: { series: 'rung', n: 1 }, undeliveredTo: null } as const
  const audience: Audience = { to: 'rung', rung: 1, roles: ['town-head'] }
  const person = await personWith(pool, 'town-head', TOWN)
  const people = [{ person, kind: 'escalation' as const, audience, detail: null }]
  const telling = { county: COUNTY, cause: `${deadline}/rung-1`, deadline, about, urgent: false, people }
  await inTransaction(pool, (tx) => notify(tx, telling, NOW))
  await apply(flood(['2022-07-26']))
  expect((await dueOf('YJ1'))?.dueOn).toBe('2022-08-02')
  const later = instantAt('2022-08-16', '18:00')
  expect(await toldOfLate(pool, COUNTY, later)).toEqual([{ office: TOWN, audience }])
  expect(await latePressing(pool, COUNTY, later)).toMatchObject([{ count: 1, audiences: [audience] }])
})

test('days for everybody are written once the open work of every county is held', async () => {
  await givenWarning(pool, { id: 'YJ1', level: 'orange' })
  const [span] = flood(['2022-08-16']).spans
  const written = inTransaction(pool, async (tx) => {
    const order = { actor: 'pe_me', now: NOW, counties: [COUNTY] }
    const done = await publishForEverybody(tx, { spans: [span!], source: '县府' }, order)
    expect(done.get(COUNTY)?.total).toMatchObject({ later: 1 })
    expect(await rows(pool, 'select id from obligations for update skip locked')).toEqual([])
    expect(
      await row(pool, `select pg_try_advisory_xact_lock_shared(hashtext('duban.calendar')) as free`),
    ).toEqual({ free: false })
    throw new Error('only looked')
  })
  await expect(written).rejects.toThrow('only looked')
})

test('days of an office that the county does not have are refused by name', async () => {
  await expect(preview(flood(['2022-08-16'], ['sn.ak.qx']))).rejects.toThrow(UnknownOffice)
  await expect(apply(flood(['2022-08-16'], ['sn.ak.qx']))).rejects.toThrow('本县没有单位 sn.ak.qx。')
})

test('a year that is published settles what was provisional', async () => {
  await setClock(pool, { mode: 'stepped', businessAt: instantAt('2026-12-28', '09:00') })
  await givenWarning(pool, { id: 'YJ1', level: 'orange' })
  expect(await countProvisional(pool, COUNTY)).toBe(1)
  const days = (from: Day, to: Day, name: string) => ({ from, to, plan: 'off' as const, name })
  const year: CalendarChange = {
    scope: { below: true, offices: [COUNTY] },
    source: '国办发明电〔2026〕9号',
    spans: [days('2027-01-01', '2027-01-03', '元旦'), days('2027-10-01', '2027-10-07', '国庆节')],
  }
  expect((await preview(year)).provisional).toEqual({ before: 1, after: 0 })
  await apply(year)
  expect(await countProvisional(pool, COUNTY)).toBe(0)
  expect(await row(pool, 'select provisional from obligations')).toEqual({ provisional: false })
})
