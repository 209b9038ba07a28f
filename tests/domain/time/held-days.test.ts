import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeCalendar } from '../../../src/domain/time/calendar.ts'
import { chineseCalendarData } from '../../../src/domain/time/calendar-data.ts'
import { addDays, type Day } from '../../../src/domain/time/days.ts'
import { heldDays } from '../../../src/domain/time/held-days.ts'

const calendar = makeCalendar(chineseCalendarData, [])
const START = '2022-05-30'
const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays(START, days))
const pause = fc
  .tuple(day, fc.integer({ min: 1, max: 20 }))
  .map(([from, days]) => ({ from, until: addDays(from, days) }))

test('what several offices had one after another adds up to what all of them had together', () => {
  fc.assert(
    fc.property(
      fc.array(day, { maxLength: 5 }),
      day,
      fc.array(pause, { maxLength: 3 }),
      (handed, end, pauses) => {
        const inOrder = [...handed.filter((one) => one <= end)].sort()
        const stops: Day[] = [START, ...inOrder, end]
        const each = stops.slice(1).map((until, i) => heldDays({ since: stops[i]!, until, pauses }, calendar))
        expect(each.every((days) => days >= 0)).toBe(true)
        const together = heldDays({ since: START, until: end, pauses }, calendar)
        expect(each.reduce((sum, days) => sum + days, 0)).toBe(together)
      },
    ),
  )
})

test('days off and paused days are nobody’s', () => {
  // From Monday the 6th to the Monday after: five working days, of which two were paused.
  const week = { since: '2022-06-06', until: '2022-06-13' }
  expect(heldDays({ ...week, pauses: [] }, calendar)).toBe(5)
  expect(heldDays({ ...week, pauses: [{ from: '2022-06-07', until: '2022-06-09' }] }, calendar)).toBe(3)
  expect(heldDays({ since: '2022-06-13', until: '2022-06-13', pauses: [] }, calendar)).toBe(0)
})
