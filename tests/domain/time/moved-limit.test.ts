import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCalendar } from '../../../src/domain/time/calendar.ts'
import { chineseCalendarData } from '../../../src/domain/time/calendar-data.ts'
import { addDays, type Day } from '../../../src/domain/time/days.ts'
import {
  type DueParts,
  movedLimit,
  type Pause,
  pausedDays,
  waitedFor,
} from '../../../src/domain/time/moved-limit.ts'
import { movedReceipt } from '../../../src/domain/time/receipt.ts'

const calendar = makeCalendar(chineseCalendarData, [])
const START = '2022-05-27'
const LAST = '2023-03-31'

/** Day by day, without the calendar's sums: how many working days the clock has run from after the start to the end of a day. */
function ranUntil(day: Day, start: Day, pauses: readonly Pause[]): number {
  let ran = 0
  for (let d = addDays(start, 1); d <= day; d = addDays(d, 1))
    if (calendar.isWorking(d) && !pauses.some((p) => d > p.from && d <= p.until)) ran += 1
  return ran
}

/** Pauses one after another, as somebody suspends and resumes: none begins before the last one ended. */
const pausesFrom = fc
  .array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 25 })), { maxLength: 4 })
  .map((spans) => {
    let at: Day = START
    return spans.map(([gap, length]): Pause => {
      const from = addDays(at, gap)
      at = addDays(from, length)
      return { from, until: at }
    })
  })
const parts = fc.record({
  start: fc.constant(START),
  limit: fc.record({ workingDays: fc.integer({ min: 1, max: 30 }) }),
  pauses: pausesFrom,
  extensions: fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 3 }),
})

describe('a due day from its parts', () => {
  it('is the day at which a recount day by day has used up the limit and what was granted', () => {
    fc.assert(
      fc.property(parts, ({ start, limit, pauses, extensions }) => {
        const { dueOn } = movedLimit({ start, limit, pauses, extensions }, calendar)
        const allowed = limit.workingDays + extensions.reduce((sum, n) => sum + n, 0)
        const over = pauses.at(-1)?.until ?? start
        for (let day = over; day < LAST; day = addDays(day, 1)) {
          // After the last pause: what is left, or how long it is late, is what the clock has run.
          const ran = ranUntil(day, start, pauses)
          expect(calendar.between(day, dueOn) - calendar.between(dueOn, day)).toBe(allowed - ran)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('does not depend on the order of its parts', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const turned: DueParts = {
          ...given,
          pauses: [...given.pauses].reverse(),
          extensions: [...given.extensions].reverse(),
        }
        expect(movedLimit(turned, calendar)).toEqual(movedLimit(given, calendar))
      }),
    )
  })

  it('is the fixed day itself where nothing moved it, working or not', () => {
    const fixed = { start: START, limit: { dueOn: '2022-06-05' }, pauses: [], extensions: [] }
    expect(movedLimit(fixed, calendar)).toMatchObject({ dueOn: '2022-06-05', provisional: false })
    expect(movedLimit({ ...fixed, extensions: [1] }, calendar).dueOn).toBe('2022-06-06')
  })

  it('moves with the calendar: a pause is days, not a number', () => {
    const given = {
      start: '2022-06-01',
      limit: { workingDays: 5 },
      pauses: [{ from: '2022-06-06', until: '2022-06-10' }],
      extensions: [],
    }
    const flooded = makeCalendar(chineseCalendarData, [
      { day: '2022-06-08', working: false, name: '汛情', source: '县防指通知' },
    ])
    expect(movedLimit(given, calendar).dueOn).toBe('2022-06-15')
    expect(movedLimit(given, flooded).dueOn).toBe('2022-06-15')
    expect(pausedDays(given.pauses, flooded)).toBe(3)
  })
})

it('whoever is late when the clock stops is as late when it runs again', () => {
  const given = { start: '2022-06-01', limit: { workingDays: 2 }, pauses: [], extensions: [] }
  expect(calendar.between(movedLimit(given, calendar).dueOn, '2022-06-10')).toBe(4)
  const paused = { ...given, pauses: [{ from: '2022-06-10', until: '2022-06-24' }] }
  expect(calendar.between(movedLimit(paused, calendar).dueOn, '2022-06-24')).toBe(4)
})

describe('waiting for an answer', () => {
  const day = fc.nat({ max: 60 }).map((n) => addDays('2022-06-01', n))

  it('costs the performer nothing, and gives no more than was asked for', () => {
    fc.assert(
      fc.property(fc.tuple(day, day, day), ([a, b, answeredOn]) => {
        const [due, asked] = a < b ? [a, b] : [b, a]
        const waited = waitedFor({ due, asked, answeredOn }, calendar)
        const until = waited?.until ?? due
        expect(until <= asked).toBe(true)
        // On the day of the answer nobody is late who would not be late had it been granted in full.
        if (answeredOn <= asked) expect(until >= answeredOn || answeredOn <= due).toBe(true)
      }),
    )
  })
})

it('the receipt lists the days on which the clock stood still apart from those that count', () => {
  const given = {
    start: '2022-06-01',
    limit: { workingDays: 5 },
    pauses: [{ from: '2022-06-06', until: '2022-06-09' }],
    extensions: [2],
  }
  const told = movedReceipt(given, calendar)
  expect(told.paused).toEqual(['2022-06-07', '2022-06-08', '2022-06-09'])
  expect(told.counted).toHaveLength(7)
  expect(told.dueOn).toBe(told.counted.at(-1))
  expect(told.skipped.map(({ day }) => day)).toContain('2022-06-03')
})
