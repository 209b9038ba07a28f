import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { beijingText, instantAt } from '../../../src/domain/time/days.ts'
import { dueChangeWords, tellDueChanges } from '../../../src/services/notifications/tell-due-changes.ts'
import { tellMissingYear } from '../../../src/services/notifications/tell-missing-year.ts'
import { nextTelling, readWhatWaits } from '../../../src/services/notifications/what-waits.ts'
import { county } from '../../../src/services/people/offices.ts'
import { readCalendar } from '../../../src/services/schedule/calendar.ts'
import { COUNTY, createCounty, TOWN } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'

const NOW = instantAt('2022-06-06', '10:00')
const MORNING = instantAt('2022-06-07', '08:30')
let database: TestDatabase

beforeAll(async () => {
  database = await createCounty(NOW)
})
beforeEach(() => database.pool.query('truncate notifications, due_changes, pokes'))
afterAll(() => database.drop())

const changed = (office: string, later: number, earlier: number, names: string[], at = NOW) =>
  database.pool.query(
    `insert into due_changes (county, office, why, later, earlier, names, at) values ($1, $2, '工作日历有变(汛情)', $3, $4, $5, $6)`,
    [COUNTY, office, later, earlier, JSON.stringify(names), new Date(at)],
  )
async function told(now = MORNING): Promise<string[]> {
  const { pool } = database
  await inTransaction(pool, async (tx) => tellDueChanges(tx, await county(tx, COUNTY), now))
  const lines = await rows<{ person: string; detail: string; at: number }>(
    pool,
    'select person, detail, round_at as at from notifications order by id',
  )
  return lines.map(({ detail, at }) => `${beijingText(at)} ${detail}`)
}

test('whoever holds what moved gets one line about a change, in the next morning’s round', async () => {
  await changed(TOWN, 2, 1, ['YJ1', 'YJ2', 'YJ3'])
  expect(await told(NOW)).toEqual([])
  const { hours } = await county(database.pool, COUNTY)
  const at = { now: NOW, hours, calendar: await readCalendar(database.pool, null) }
  expect(nextTelling(await readWhatWaits(database.pool, COUNTY), at)).toBe(MORNING)
  const lines = await told()
  expect(new Set(lines)).toEqual(
    new Set([
      '2022-06-07 08:30 工作日历有变(汛情):您处 2 件的限时推后、1 件的限时提前:YJ1、YJ2、YJ3。请按新的日期办理。',
    ]),
  )
  const people = await rows(database.pool, 'select distinct person from notifications')
  expect(people).toHaveLength(lines.length)
  expect(nextTelling(await readWhatWaits(database.pool, COUNTY), at)).toBeNull()
  expect(await told(MORNING + 1)).toHaveLength(lines.length)
})

test('a person with two offices gets one line of both, with as many names as a line has', () => {
  const of = (later: number, names: string[]) => ({ why: '规则有变', later, earlier: 0, names })
  expect(dueChangeWords([of(3, ['A', 'B', 'C']), of(4, ['D', 'E', 'F'])])).toBe(
    '规则有变:您处 7 件的限时推后:A、B、C、D、E 等 7 件。请按新的日期办理。',
  )
})

test('a missing year is told once a month, to administrators and whoever may publish it', async () => {
  const { pool } = database
  const tell = (day: string) =>
    inTransaction(pool, async (tx) =>
      tellMissingYear(tx, { office: COUNTY }, await readCalendar(tx, COUNTY), {
        now: instantAt(day, '08:30'),
      }),
    )
  const lines = async () => (await rows(pool, 'select from notifications')).length
  await tell('2026-08-31')
  expect(await lines()).toBe(0)
  await tell('2026-09-07')
  const once = await lines()
  expect(once).toBeGreaterThan(1)
  await tell('2026-09-14')
  expect(await lines()).toBe(once)
  await tell('2026-10-12')
  expect(await lines()).toBe(2 * once)
  expect(
    (await rows<{ detail: string }>(pool, 'select detail from notifications limit 1'))[0]?.detail,
  ).toContain('缺 2027 年')
})
