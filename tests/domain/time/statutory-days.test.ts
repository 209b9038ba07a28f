import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chineseCalendarData } from '../../../src/domain/time/calendar-data.ts'
import { addDays, dayOf, instantAt } from '../../../src/domain/time/days.ts'
import { dueFromWorkingDays } from '../../../src/domain/time/limits.ts'
import { nextOpening, nextRound } from '../../../src/domain/time/office-hours.ts'
import { statutoryDays } from '../../../src/domain/time/statutory-days.ts'
import { CALENDAR, HOURS } from '../county.ts'

const PUBLISHED = [2022, 2023, 2024, 2025, 2026]
const AHEAD = [2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035]

/**
 * 春节, 清明, 端午 and 中秋 as almanacs print them. The machine's own library is no judge: its new moons of 2027 and
 * 2030, a few minutes from midnight, fall on the wrong day.
 */
const FESTIVALS: [number, string, string, string, string][] = [
  [2027, '02-06', '04-05', '06-09', '09-15'],
  [2028, '01-26', '04-04', '05-28', '10-03'],
  [2029, '02-13', '04-04', '06-16', '09-22'],
  [2030, '02-03', '04-05', '06-05', '09-12'],
  [2031, '01-23', '04-05', '06-24', '10-01'],
  [2032, '02-11', '04-04', '06-12', '09-19'],
  [2033, '01-31', '04-04', '06-01', '09-08'],
  [2034, '02-19', '04-05', '06-20', '09-27'],
  [2035, '02-08', '04-05', '06-10', '09-16'],
]

describe('days free by law', () => {
  it.each(PUBLISHED)('%i: each is free in what was published', (year) => {
    const days = Object.keys(statutoryDays(year))
    expect(days.length).toBeGreaterThanOrEqual(11)
    const { holidays, workdays } = chineseCalendarData
    expect(days.filter((day) => !(day in holidays) || day in workdays)).toEqual([])
  })

  it.each(PUBLISHED)('%i: every festival of the notice has its day by law', (year) => {
    const named = (day: string) => (chineseCalendarData.holidays[day] ?? '').split(',')[1]
    const published = Object.keys(chineseCalendarData.holidays).filter((day) => day.startsWith(`${year}`))
    const byLaw = Object.values(statutoryDays(year))
    const names = new Set(published.map(named).filter((name) => name !== undefined))
    expect(names.size).toBeGreaterThanOrEqual(6)
    expect([...names].filter((name) => !byLaw.includes(name))).toEqual([])
  })

  it.each(FESTIVALS)('%i: 春节 %s, 清明 %s, 端午 %s, 中秋 %s', (year, spring, qingming, boats, autumn) => {
    const days = statutoryDays(year)
    const newYear = `${year}-${spring}`
    expect(Object.keys(days).filter((day) => days[day] === '春节')).toEqual(
      [-1, 0, 1, 2].map((n) => addDays(newYear, n)),
    )
    expect(days[`${year}-${qingming}`]).toBe('清明')
    expect(days[`${year}-${boats}`]).toBe('端午')
    expect(days[`${year}-${autumn}`]).toMatch(/中秋|国庆节/)
  })

  it('New Year’s Eve and 2 May are free from 2025 on', () => {
    expect(statutoryDays(2024)).not.toHaveProperty('2024-02-09')
    expect(statutoryDays(2024)).not.toHaveProperty('2024-05-02')
    expect(statutoryDays(2025)).toMatchObject({ '2025-01-28': '春节', '2025-05-02': '劳动节' })
    expect(Object.keys(statutoryDays(2024))).toHaveLength(11)
    expect(Object.keys(statutoryDays(2027))).toHaveLength(13)
  })

  it('a year may end before its lunar year, and the century is known to its end', () => {
    expect(Object.keys(statutoryDays(2099)).length).toBeGreaterThanOrEqual(11)
  })
})

describe('a year without a notice', () => {
  it.each(AHEAD)('%i: no day free by law is a working day', (year) => {
    const working = Object.keys(statutoryDays(year)).filter((day) => CALENDAR.isWorking(day))
    expect(working).toEqual([])
  })

  it('names the holiday', () => {
    expect(CALENDAR.dayInfo('2027-10-01')).toEqual({
      day: '2027-10-01',
      working: false,
      reason: 'holiday',
      name: '国庆节',
    })
  })

  it('no limit ends, and no office opens or sends its round, on a day free by law', () => {
    const starts = fc.integer({ min: 0, max: 9 * 365 }).map((n) => addDays('2026-12-01', n))
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 40 }), (start, n) => {
        const free = (day: string) => day in statutoryDays(Number(day.slice(0, 4)))
        const noon = instantAt(start, '12:30')
        expect(free(dueFromWorkingDays(start, n, CALENDAR).dueOn)).toBe(false)
        expect(free(dayOf(nextRound(noon, HOURS, CALENDAR)))).toBe(false)
        expect(free(dayOf(nextOpening(noon, HOURS, CALENDAR)))).toBe(false)
      }),
    )
  })
})
