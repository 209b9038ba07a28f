import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chineseCalendarData } from '../../../src/domain/time/calendar-data.ts'
import { type DayOverride, makeCalendar } from '../../../src/domain/time/calendar.ts'
import { addDays, dayFromNumber, dayNumber, weekday } from '../../../src/domain/time/days.ts'
import { CALENDAR } from '../county.ts'

const override = (day: string, working: boolean, name = '调整'): DayOverride => ({
  day,
  working,
  name,
  source: '国办发明电〔0000〕0号(测试)',
})
const days = fc
  .integer({ min: dayNumber('2003-06-01'), max: dayNumber('2030-12-31') })
  .map((n) => dayFromNumber(n))

describe('the State Council calendar', () => {
  it.each([
    ['2022-06-02', true, 'weekday', undefined],
    ['2022-06-03', false, 'holiday', '端午'],
    ['2022-06-05', false, 'holiday', '端午'],
    ['2022-06-06', true, 'weekday', undefined],
    ['2022-06-11', false, 'weekend', undefined],
    ['2022-10-01', false, 'holiday', '国庆节'],
    ['2022-10-07', false, 'holiday', '国庆节'],
    ['2022-10-08', true, 'make-up', '国庆节'],
    ['2022-10-09', true, 'make-up', '国庆节'],
    ['2026-05-31', false, 'weekend', undefined],
  ])('%s: working %s, a %s', (day, working, reason, name) => {
    expect(CALENDAR.dayInfo(day)).toEqual({ day, working, reason, ...(name && { name }) })
    expect(CALENDAR.isWorking(day)).toBe(working)
  })

  it('covers the years that have been published', () => {
    expect(CALENDAR.coverage).toEqual({ from: '2004-01-01', to: '2026-12-31' })
    expect(CALENDAR.covers('2026-12-31')).toBe(true)
    expect(CALENDAR.covers('2027-01-01')).toBe(false)
    expect(CALENDAR.covers('2003-12-31')).toBe(false)
  })

  it('takes Monday to Friday but for days free by law where nothing has been published', () => {
    expect(CALENDAR.dayInfo('2027-10-04')).toMatchObject({ working: true, reason: 'weekday' })
    expect(CALENDAR.add('2027-09-30', 4)).toBe('2027-10-07')
    expect(CALENDAR.isWorking('2000-01-01')).toBe(false)
  })

  it('throws for days outside the century instead of guessing', () => {
    expect(() => CALENDAR.isWorking('1999-12-31')).toThrow(RangeError)
    expect(() => CALENDAR.dayInfo('2100-01-01')).toThrow(RangeError)
    expect(() => CALENDAR.isWorking('not a day')).toThrow(RangeError)
    expect(() => CALENDAR.add('2099-12-01', 366)).toThrow(RangeError)
    expect(() => CALENDAR.add('2000-01-03', -1)).toThrow(RangeError)
  })
})

describe('counting working days', () => {
  it.each([
    ['2022-06-02', 1, '2022-06-06'],
    ['2022-06-02', 5, '2022-06-10'],
    ['2022-06-04', 1, '2022-06-06'],
    ['2022-06-06', -1, '2022-06-02'],
    ['2022-09-30', 1, '2022-10-08'],
    ['2022-09-30', 3, '2022-10-10'],
    ['2022-10-10', -3, '2022-09-30'],
    ['2022-06-04', 0, '2022-06-04'],
  ])('%s %i working days → %s', (day, n, expected) => {
    expect(CALENDAR.add(day, n)).toBe(expected)
  })

  it('next and previous are one working day away', () => {
    expect(CALENDAR.next('2022-09-30')).toBe('2022-10-08')
    expect(CALENDAR.previous('2026-05-31')).toBe('2026-05-29')
  })

  it('counts the days after the first up to and including the last', () => {
    expect(CALENDAR.between('2022-06-02', '2022-06-10')).toBe(5)
    expect(CALENDAR.between('2022-06-10', '2022-06-10')).toBe(0)
    expect(CALENDAR.between('2022-06-10', '2022-06-02')).toBe(0)
  })

  it('agrees with counting one by one', () => {
    const slowly = (day: string, n: number) => {
      let at = day
      for (let left = Math.abs(n); left > 0;) {
        at = addDays(at, Math.sign(n))
        const plain = weekday(at) !== 0 && weekday(at) !== 6
        const free = at in chineseCalendarData.holidays || at in chineseCalendarData.statutory
        if (at in chineseCalendarData.workdays || (plain && !free)) left -= 1
      }
      return at
    }
    fc.assert(
      fc.property(days, fc.integer({ min: -80, max: 80 }), (day, n) => {
        expect(CALENDAR.add(day, n)).toBe(slowly(day, n))
      }),
    )
  })

  it('adding and counting are inverse', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 366 }), (day, n) => {
        const due = CALENDAR.add(day, n)
        expect(CALENDAR.isWorking(due)).toBe(true)
        expect(CALENDAR.between(day, due)).toBe(n)
      }),
    )
  })
})

describe('overrides', () => {
  it('win over the packaged days and say so', () => {
    const calendar = makeCalendar(chineseCalendarData, [override('2022-06-07', false, '防汛停工')])
    expect(calendar.dayInfo('2022-06-07')).toEqual({
      day: '2022-06-07',
      working: false,
      reason: 'override',
      name: '防汛停工',
    })
    expect(calendar.add('2022-06-02', 5)).toBe('2022-06-13')
  })

  it('publish a further year only with its National Day', () => {
    const oneDay = makeCalendar(chineseCalendarData, [override('2027-01-01', false)])
    expect(oneDay.coverage.to).toBe('2026-12-31')
    expect(oneDay.isWorking('2027-01-01')).toBe(false)
    const year = makeCalendar(chineseCalendarData, [
      override('2027-01-01', false),
      override('2027-10-01', false),
    ])
    expect(year.coverage.to).toBe('2027-12-31')
    const gap = makeCalendar(chineseCalendarData, [override('2029-10-01', false)])
    expect(gap.coverage.to).toBe('2026-12-31')
  })

  it('an extra day off never moves a due day forward, and a make-up day never moves it back', () => {
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: -5, max: 60 }),
        (day, n, shift) => {
          const changed = addDays(day, shift)
          const off = makeCalendar(chineseCalendarData, [override(changed, false)])
          const on = makeCalendar(chineseCalendarData, [override(changed, true)])
          expect(off.add(day, n) >= CALENDAR.add(day, n)).toBe(true)
          expect(on.add(day, n) <= CALENDAR.add(day, n)).toBe(true)
        },
      ),
    )
  })
})
