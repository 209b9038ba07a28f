import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import type { Day } from '../../../src/domain/time/days.ts'
import { buildTestApp, foundWarning, type TestApp } from '../build.ts'

/**
 * The campaign of the plan that ships, in 2026. Its days were read by hand from the holidays the State Council published for that year:
 * New Year 1 to 3 January, Spring Festival 15 to 23 February, Qingming 4 to 6 April, Labour Day 1 to 5 May, Dragon Boat 19 to 21 June,
 * Mid-Autumn 25 to 27 September, National Day 1 to 7 October; worked Saturdays and Sundays 4 January, 14 and 28 February, 9 May,
 * 20 September, 10 October. 31 May is a Sunday; the other days of the notice are a Monday, a Wednesday and a Tuesday.
 */
let api: TestApp
let campaign: string
beforeAll(async () => {
  api = await buildTestApp({ day: '2026-05-27' })
  campaign = (await api.post<{ id: string }>('/v1/campaigns', { year: 2026 })).body.id
  const { tickTimeline } = createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never)
  for (const [n, opens] of (['2026-05-27', '2026-06-01', '2026-06-16', '2026-10-01'] as const).entries()) {
    await api.goTo(opens)
    await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [campaign]))
    await tickTimeline(campaign, n + 1)
  }
})
afterAll(() => api.close())

test('each piece of work of the year is due on its day of that year, and counts from the day its phase opens', async () => {
  const found = await rows<{ line: string }>(
    api.pool,
    `select concat_ws(' ', kind, period, count(*), 'from', start_on, 'due', due_on) as line
       from (select kind, facts ->> 'period' as period, start_on, due_on from obligations where campaign = $1) o
      group by kind, period, start_on, due_on order by start_on, kind, due_on`,
    [campaign],
  )
  expect(found.map(({ line }) => line)).toEqual([
    'launch 17 from 2026-05-27 due 2026-05-29',
    'comparison H1 2 from 2026-06-01 due 2026-06-15',
    'report Q2 1 from 2026-06-01 due 2026-06-30',
    'screening 85 from 2026-06-01 due 2026-06-15',
    'report Q3 1 from 2026-06-16 due 2026-09-30',
    'comparison H2 2 from 2026-10-01 due 2026-12-15',
    'comparison Y 8 from 2026-10-01 due 2026-12-15',
    'rectification 17 from 2026-10-01 due 2026-12-15',
  ])
})

it.each([
  // Friday before the Dragon Boat Festival: 18 June is the fourth day, 19 to 21 are free, 22 the fifth.
  ['orange', '2026-06-12', '2026-06-22'],
  // Sunday 20 September is worked, 25 to 27 are free: 21, 22, 23.
  ['red', '2026-09-20', '2026-09-23'],
  // Over both: 20 to 24 are five, 28 to 30 three, 8 and 9 October two.
  ['yellow', '2026-09-19', '2026-10-09'],
])('a %s warning of %s is due on %s', async (level, issuedOn: Day, dueOn) => {
  await api.goTo('2026-10-01')
  expect((await foundWarning(api, { level, issuedOn })).dueOn).toBe(dueOn)
})

test('the last eight working days of September are counted with its worked Sunday and without Mid-Autumn', async () => {
  const asked = { start: '2026-09-18', workingDays: 8 }
  const { status, body } = await api.post<{ dueOn: string }>('/v1/time-limits/preview', asked)
  // 20 (a Sunday), 21, 22, 23, 24, 28, 29, 30.
  expect([status, body.dueOn]).toEqual([200, '2026-09-30'])
})
