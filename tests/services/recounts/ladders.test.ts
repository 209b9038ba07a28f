import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import { type CalendarChange, daysOfChange, type DayPlan } from '../../../src/domain/time/calendar-change.ts'
import { type Day, instantAt } from '../../../src/domain/time/days.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { applyRecount, holdOpenWork } from '../../../src/services/recounts/apply.ts'
import { changeCalendar } from '../../../src/services/recounts/change-calendar.ts'
import { policiesInUse } from '../../../src/services/recounts/effect.ts'
import { changeOfficeDays, readCalendars } from '../../../src/services/schedule/calendar.ts'
import { now as businessNow } from '../../../src/services/schedule/clock.ts'
import { COUNTY } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning } from '../../support/warnings.ts'
import { makeWorkerDeps } from '../../support/worker-deps.ts'

let database: TestDatabase
let engine: ReturnType<typeof makeInlineEngine>
beforeEach(async () => {
  database = await createCounty(instantAt('2022-08-15', '09:00'))
  const deps = makeWorkerDeps(database.pool, 'smtp://127.0.0.1:9')
  engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
  // Five working days from Monday the 15th: due on Monday the 22nd; rungs one, three and five working days after.
  await givenWarning(database.pool, { id: 'YJ', level: 'orange' })
})
afterEach(() => database.drop())

const until = (day: Day, time: string) => engine.advanceTo(instantAt(day, time))
const calendarOf = (days: readonly Day[], plan: DayPlan): CalendarChange => ({
  scope: { below: true, offices: [COUNTY] },
  spans: days.map((on) => ({ from: on, to: on, plan, name: '汛情' })),
  source: '县防指通知',
})
const change = (days: readonly Day[], plan: DayPlan) =>
  inTransaction(database.pool, async (tx) =>
    changeCalendar(tx, calendarOf(days, plan), {
      ...{ county: COUNTY, actor: 'pe_me', now: await businessNow(tx) },
    }),
  )
/** The same, one open assignment at a time. */
const changeByOne = (days: readonly Day[], plan: DayPlan) =>
  inTransaction(database.pool, async (tx) => {
    const reach = { county: COUNTY, offices: null }
    await holdOpenWork(tx, COUNTY)
    await changeOfficeDays(tx, daysOfChange(calendarOf(days, plan)))
    const by = {
      calendars: await readCalendars(tx),
      rebase: null,
      policies: await policiesInUse(tx, reach),
    }
    const order = { county: COUNTY, actor: 'pe_me', now: await businessNow(tx), why: '' }
    return applyRecount(tx, reach, by, { ...order, cause: 'calendar' }, 1)
  })
/** What was told of lateness, as often as it was: the due day it was told behind, the moment, and how many heard of it each time. */
const told = async () =>
  (
    await rows<{ dueOn: Day; moment: string }>(
      database.pool,
      `select d.due_on as "dueOn", n.moment from notifications n join deadlines d on d.id = n.deadline
         where n.moment_form ->> 'series' in ('rung','repeat','joined') and n.state <> 'moot' and n.audience ->> 'to' = 'rung'
        group by d.due_on, n.moment, n.cause order by min(n.id)`,
    )
  ).map(({ dueOn, moment }) => `${dueOn} ${moment}`)
const dueOn = async () =>
  (await row<{ dueOn: Day }>(database.pool, `select due_on as "dueOn" from obligations`))?.dueOn

describe('a rung that the new day places before the change', () => {
  test('is told now, where nobody has been told of it', async () => {
    await until('2022-08-22', '10:00')
    await change(['2022-08-20', '2022-08-21'], 'work')
    expect(await dueOn()).toBe('2022-08-20')
    await until('2022-08-22', '10:05')
    expect(await told()).toEqual(['2022-08-20 rung-1'])
    await until('2022-08-26', '10:00')
    expect(await told()).toEqual(['2022-08-20 rung-1', '2022-08-20 rung-2', '2022-08-20 rung-3'])
  })

  test('is told behind the new day, where its line was still waiting behind the old one', async () => {
    await until('2022-08-23', '08:29')
    await change(['2022-08-21'], 'work')
    expect(await dueOn()).toBe('2022-08-21')
    await until('2022-08-23', '09:30')
    expect(await told()).toEqual(['2022-08-21 rung-1'])
  })
})

test('a rung that was told is not told again of work that never ceased to be late', async () => {
  await until('2022-08-24', '07:00')
  await change(['2022-08-18'], 'off')
  expect(await dueOn()).toBe('2022-08-23')
  await until('2022-08-26', '10:00')
  expect(await told()).toEqual(['2022-08-22 rung-1', '2022-08-23 rung-2'])
})

test('work that ceases to be late is told of from the first rung on, as it is late again', async () => {
  await until('2022-08-23', '10:00')
  await change(['2022-08-17', '2022-08-18', '2022-08-19'], 'off')
  expect(await dueOn()).toBe('2022-08-25')
  await until('2022-08-26', '10:00')
  expect(await told()).toEqual(['2022-08-22 rung-1', '2022-08-25 rung-1'])
})

test('a day off that is taken back at once tells nothing again', async () => {
  await until('2022-08-24', '07:00')
  await change(['2022-08-18'], 'off')
  await until('2022-08-24', '07:30')
  await change(['2022-08-18'], 'reset')
  expect(await dueOn()).toBe('2022-08-22')
  await until('2022-08-25', '10:00')
  expect(await told()).toEqual(['2022-08-22 rung-1', '2022-08-22 rung-2'])
})

test('where some were told less than others nothing is left out, however many go there', async () => {
  // Due on the 23rd. A free 16th puts those of the 22nd, who were told, behind that day too.
  await givenWarning(database.pool, { id: 'YJ2', level: 'orange', issuedOn: '2022-08-16' })
  await until('2022-08-24', '07:00')
  await change(['2022-08-16'], 'off')
  await until('2022-08-24', '07:30')
  await changeByOne(['2022-08-20', '2022-08-21'], 'work')
  expect(await rows(database.pool, `select distinct due_on as "dueOn" from obligations`)).toEqual([
    { dueOn: '2022-08-21' },
  ])
  await until('2022-08-24', '07:35')
  expect(await told()).toEqual(['2022-08-22 rung-1', '2022-08-21 rung-1'])
})

test('a rung that others were told of is told to whoever a change puts among them', async () => {
  await givenWarning(database.pool, { id: 'YJ2', level: 'orange', issuedOn: '2022-08-16' })
  await until('2022-08-24', '07:00')
  await change(['2022-08-16'], 'off')
  await until('2022-08-24', '07:30')
  await change(['2022-08-21'], 'work')
  expect(await dueOn()).toBe('2022-08-22')
  await until('2022-08-24', '09:30')
  expect(await told()).toEqual(['2022-08-22 rung-1', '2022-08-22 join-1'])
})
