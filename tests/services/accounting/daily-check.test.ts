import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, rows, ts } from '../../../src/db/pool.ts'
import { beijingText, instantAt } from '../../../src/domain/time/days.ts'
import { countLeft } from '../../../src/engine/accountant.ts'
import { addDailyCheck, nextDailyCheck } from '../../../src/services/accounting/daily-check.ts'
import type { Role } from '../../../src/domain/obligation/vocabulary.ts'
import { county } from '../../../src/services/people/offices.ts'
import { addPolicy, currentPolicy } from '../../../src/services/schedule/policies.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning } from '../../support/warnings.ts'

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
let database: TestDatabase

/** A warning that somebody watches. */
beforeAll(async () => {
  database = await createCounty(at('2022-06-06 09:00'))
  await givenWarning(database.pool, { id: 'YJ1', level: 'yellow' })
  await database.pool.query(
    `insert into watches (kind, subject, relayed, answered, relayed_wall, done)
     select 'deadline', id, 1, 1, now(), false from deadlines`,
  )
  // A role that the policies of these tests may name, and nobody holds.
  await database.pool.query(`delete from person_roles where role = 'auditor'`)
})
beforeEach(async () => {
  await database.pool.query('truncate notifications, pokes')
  await database.pool.query(`insert into pokes (kind, subject) values ('courier', $1)`, [COUNTY])
})
afterAll(() => database.drop())

const decided = (day: string | null) =>
  database.pool.query('update counties set checked_on = $2 where office = $1', [COUNTY, day])
const decide = (now: string) =>
  inTransaction(database.pool, async (tx) => addDailyCheck(tx, await county(tx, COUNTY), at(now)))
const told = () =>
  rows<{ email: string; detail: string | null; at: number }>(
    database.pool,
    `select p.email, n.detail, n.round_at as at from notifications n join people p on p.id = n.person order by n.id`,
  )
const rounds = async () => (await told()).map((n) => beijingText(n.at))

describe('each working day', () => {
  test('the administrator reads that all is well, in the morning’s round, once', async () => {
    await decided('2022-06-06')
    for (const now of ['2022-06-07 08:29', '2022-06-07 08:30', '2022-06-07 14:30']) await decide(now)
    const [only, ...others] = await told()
    expect(others).toEqual([])
    expect(only).toMatchObject({ email: 'admin@bureau.ziyang.test', detail: 'open=1' })
    expect(beijingText(only!.at)).toBe('2022-06-07 08:30')
  })

  test('not on a day that is free', async () => {
    await decided('2022-06-10')
    await decide('2022-06-11 09:00')
    expect(await told()).toEqual([])
  })

  test('after an outage it comes with the next round of the same day, and not for a day that is over', async () => {
    await decided('2022-06-06')
    await decide('2022-06-08 10:00')
    expect(await rounds()).toEqual(['2022-06-08 14:30'])
    await decide('2022-06-10 00:00')
    expect(await rounds()).toHaveLength(1)
    await decide('2022-06-10 08:30')
    expect(await rounds()).toEqual(['2022-06-08 14:30', '2022-06-10 08:30'])
  })

  test('after an outage that ends in the evening the day is over: the next morning tells of itself alone', async () => {
    await decided('2022-06-06')
    await decide('2022-06-08 19:00')
    expect(await told()).toEqual([])
    await decide('2022-06-09 08:30')
    expect(await rounds()).toEqual(['2022-06-09 08:30'])
  })

  test('where nobody holds a role that the policy names, that is kept as not reached', async () => {
    const { rules } = await currentPolicy(database.pool, COUNTY)
    const vacant = { name: '空岗', example: false, rules, standing: null, deferral: null }
    const standingCheck = { roles: ['administrator', 'auditor'] as Role[] }
    await addPolicy(database.pool, COUNTY, { ...vacant, standingCheck }, 0)
    await decided('2022-06-06')
    await decide('2022-06-07 08:30')
    expect(await told()).toHaveLength(1)
    expect(await rows(database.pool, 'select cause, office, role, person, reason from not_reached')).toEqual([
      {
        ...{ cause: `standing-check/${COUNTY}/2022-06-07`, office: COUNTY },
        ...{ role: 'auditor', person: null, reason: 'vacant' },
      },
    ])
    await database.pool.query(`delete from policies where name = '空岗'`)
    await database.pool.query('truncate not_reached')
  })

  test('whoever keeps two counties reads of each', async () => {
    const { pool } = database
    const other = 'sn.ak.other'
    await pool.query(
      `insert into offices (code, parent, kind, name) values ($1, 'sn.ak', 'county-bureau', '另一县民政局')`,
      [other],
    )
    await pool.query(
      `insert into counties (office, hours, contact, checked_on) select $1, hours, contact, '2022-06-06' from counties`,
      [other],
    )
    await pool.query(
      `insert into person_roles (person, office, role) select person, $1, role from person_roles where role = 'administrator'`,
      [other],
    )
    const { rules, standingCheck } = await currentPolicy(pool, COUNTY)
    const alike = { name: '邻县', example: false, rules, standing: null, deferral: null, standingCheck }
    await addPolicy(pool, other, alike, 0)
    await pool.query(`insert into pokes (kind, subject) values ('courier', $1)`, [other])
    await decided('2022-06-06')
    await decide('2022-06-07 08:30')
    await inTransaction(pool, async (tx) =>
      addDailyCheck(tx, await county(tx, other), at('2022-06-07 08:30')),
    )
    expect((await told()).map(({ email, detail }) => [email, detail])).toEqual([
      ['admin@bureau.ziyang.test', 'open=1'],
      ['admin@bureau.ziyang.test', 'open=0'],
    ])
  })

  test('a county that has just begun has had no morning yet', async () => {
    await decided(null)
    await decide('2022-06-08 10:00')
    expect(await told()).toEqual([])
  })

  test('nobody is told where the policy names nobody', async () => {
    const { rules } = await currentPolicy(database.pool, COUNTY)
    const silent = { name: '不告知', example: false, rules, standing: null, deferral: null }
    await addPolicy(database.pool, COUNTY, silent, 0)
    await decided('2022-06-06')
    await decide('2022-06-07 08:30')
    expect(await told()).toEqual([])
    await database.pool.query(`delete from policies where name = '不告知'`)
  })

  test.each([
    ['2022-06-13 08:29', '2022-06-13 08:30'],
    ['2022-06-13 08:30', '2022-06-14 08:30'],
    ['2022-09-09 10:00', '2022-09-13 08:30'],
  ])('seen from %s, it is read next at %s', async (now, next) => {
    const round = await inTransaction(database.pool, async (tx) =>
      nextDailyCheck(tx, await county(tx, COUNTY), at(now)),
    )
    expect(beijingText(round ?? 0)).toBe(next)
  })

  test('is never read where the policy names nobody', async () => {
    await database.pool.query(
      `insert into policies (id, county, version, name, example, rules, created_at)
       select 'po_quiet', county, version + 1, name, example, rules, now() from policies where county = $1`,
      [COUNTY],
    )
    const round = await inTransaction(database.pool, async (tx) =>
      nextDailyCheck(tx, await county(tx, COUNTY), at('2022-06-13 08:29')),
    )
    await database.pool.query(`delete from policies where id = 'po_quiet'`)
    expect(round).toBeNull()
  })
})

describe('what is not accounted for is counted', () => {
  const detailOn = async (now: string) => {
    await decided('2022-06-06')
    await decide(now)
    return (await told())[0]?.detail
  }

  test('an open obligation that nobody watches', async () => {
    await database.pool.query('delete from watches')
    expect(await detailOn('2022-06-07 08:30')).toBe('open=1 unwatched=1')
    await database.pool.query(`insert into pokes (kind, subject) select 'deadline', id from deadlines`)
    await database.pool.query('truncate notifications')
    expect(await detailOn('2022-06-08 08:30')).toBe('open=1')
  })

  test('a row of a file, a line that has not left, and a firing that told nobody', async () => {
    await database.pool.query(`insert into pokes (kind, subject) select 'deadline', id from deadlines`)
    await database.pool.query(
      `insert into imports (id, county, filename, bytes, dry_run, actor, created_at, state, "rows", registered, refused)
       values ('im1', $1, 'a.csv', 1, false, 'test', now(), 'applied', 5, 3, 1)`,
      [COUNTY],
    )
    await database.pool.query(
      `insert into notifications (id, county, cause, person, kind, urgent, round_at, created_at)
       select 'nt1', $1, 'test', id, 'correction', false, $2, $2 from people limit 1`,
      [COUNTY, ts(at('2022-06-02 08:30'))],
    )
    await database.pool.query(
      `insert into firings (deadline, moment, moment_form, at, fired_at, joins, open_count, notified_count)
       select id, 'x', '{}', $1, $1, 0, 1, 2 from deadlines`,
      [ts(at('2022-06-06 10:00'))],
    )
    await decided('2022-06-06')
    await decide('2022-06-07 08:30')
    const found = (await told()).find(({ detail }) => detail?.startsWith('open='))
    expect(found?.detail).toBe('open=1 rows=1 lines=1 firings=1')
    // Measured, it is the same.
    expect(await countLeft(database.pool)).toEqual({ rows: 1, lines: 1, firings: 1 })
    await database.pool.query(`delete from imports`)
    await database.pool.query('truncate firings')
  })

  test('a hit of an accepted comparison that is in none of its files', async () => {
    const { pool } = database
    await pool.query(`insert into pokes (kind, subject) select 'deadline', id from deadlines`)
    await givenWarning(pool, { id: 'BD1', level: 'yellow' })
    await pool.query(
      `update obligations set kind = 'comparison', state = 'accepted', closed_at = now(), result = '{"hits": 5}' where external_id = 'BD1'`,
    )
    const comparison = `(select id from obligations where external_id = 'BD1')`
    const listed = (id: string, listedRows: number) =>
      pool.query(
        `insert into imports (id, county, filename, bytes, dry_run, actor, created_at, state, "rows", registered, comparison)
         values ($1, $2, 'a.csv', 1, false, 'test', now(), 'applied', $3, $3, ${comparison})`,
        [id, COUNTY, listedRows],
      )
    // Where no file came there is nothing to hold it against.
    expect((await countLeft(pool)).hits ?? 0).toBe(0)
    await listed('im_hits', 3)
    expect((await countLeft(pool)).hits ?? 0).toBe(2)
    await listed('im_hits2', 2)
    expect((await countLeft(pool)).hits ?? 0).toBe(0)
    await pool.query('delete from imports')
    await pool.query(`update obligations set state = 'cancelled' where external_id = 'BD1'`)
  })
})

test('an override is told to whom the policy names, once, and kept with the phase', async () => {
  const { pool } = database
  await pool.query(
    `insert into campaigns (id, county, year, title, template, created_at) values ('ca1', $1, 2022, '行动 2022', 't', now())`,
    [COUNTY],
  )
  await pool.query(
    `insert into phases (campaign, code, title, ordinal, opens_on, due_on, clause, items, opened_at, overridden_by, override_reason,
                         overridden_at, overridden_blockers)
     values ('ca1', 'launch', '启动部署', 1, '2022-05-27', '2022-05-31', '', '[]', now(), '张局长', '另有安排', $1, 3)`,
    [ts(at('2022-06-06 10:00'))],
  )
  const { tickTimeline } = createTimelineActivities({ pool, wallNow: () => 0 } as never)
  await tickTimeline('ca1', 1)
  await tickTimeline('ca1', 2)
  const lines = await told()
  expect(lines.map(({ email }) => email.split('@')[0]).sort()).toEqual(['admin', 'duban', 'hedui', 'jiuzhu'])
  expect(lines[0]?.detail).toBe(
    '行动 2022:张局长决定“启动部署”放行,当时还有 3 件没有办结;理由见网页“总览”,没有办结的仍按原定的日子办理',
  )
  const [phase] = await rows<{ told: { name: string }[] }>(pool, `select override_told as told from phases`)
  expect(phase?.told).toHaveLength(4)
})

test('an override stays untold while nobody holds what the policy names, and is told once somebody does', async () => {
  const { pool } = database
  const { rules } = await currentPolicy(pool, COUNTY)
  const vacant = { name: '空岗', example: false, rules, standing: null, deferral: null }
  await addPolicy(pool, COUNTY, { ...vacant, override: { roles: ['auditor'] } }, 0)
  await pool.query('update phases set override_told = null')
  await pool.query('truncate not_reached')
  const { tickTimeline } = createTimelineActivities({ pool, wallNow: () => 0 } as never)
  const toldOf = async () =>
    (await rows<{ told: unknown }>(pool, 'select override_told as told from phases'))[0]?.told
  for (const nth of [3, 4]) await tickTimeline('ca1', nth)
  expect(await toldOf()).toBeNull()
  expect(await rows(pool, 'select cause, role, reason from not_reached')).toEqual([
    { cause: 'override/ca1/launch', role: 'auditor', reason: 'vacant' },
  ])
  await addPolicy(pool, COUNTY, { ...vacant, override: { roles: ['administrator'] } }, 0)
  await tickTimeline('ca1', 5)
  expect(await toldOf()).toHaveLength(1)
})
