import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nextVisitOn, visitInterval } from '../../../src/domain/obligation/monitoring.ts'
import { addDays } from '../../../src/domain/time/days.ts'
import { makeCalendar } from '../../../src/domain/time/calendar.ts'
import { chineseCalendarData } from '../../../src/domain/time/calendar-data.ts'

const calendar = makeCalendar(chineseCalendarData, [])

it.each([
  // 9 October 2022 is a Sunday that was worked for the holiday.
  ['2022-08-10', '2022-08-12', '2022-10-09'],
  // 2 October stands in the holiday: 8 October is the first working day after it.
  ['2022-08-03', '2022-08-03', '2022-10-08'],
  // Monday 1 August.
  ['2022-06-02', '2022-06-02', '2022-08-01'],
  // Sunday 31 July moves to Monday.
  ['2022-06-01', '2022-06-01', '2022-08-01'],
  // Passed long after the day of the next visit: tomorrow.
  ['2022-06-02', '2022-09-20', '2022-09-21'],
])('after a visit on %s that was passed on %s the next one is on %s', (after, today, next) => {
  expect(nextVisitOn(after, 60, today, calendar)).toBe(next)
})

it('the next visit is always on a working day to come, and not before the interval is over', () => {
  fc.assert(
    fc.property(fc.nat(700), fc.nat(200), fc.integer({ min: 1, max: 366 }), (start, review, interval) => {
      const after = addDays('2022-01-01', start)
      const today = addDays(after, review)
      const next = nextVisitOn(after, interval, today, calendar)
      expect(calendar.isWorking(next)).toBe(true)
      expect(next > today && next >= addDays(after, interval)).toBe(true)
    }),
  )
})

it('a policy says how often, and without a word every sixty days', () => {
  expect(visitInterval({ monitoring: { everyDays: 30 } })).toBe(30)
  expect(visitInterval({ monitoring: null })).toBe(60)
  expect(visitInterval({})).toBe(60)
})
