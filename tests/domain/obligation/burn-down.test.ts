import { describe, expect, test } from 'vitest'
import { burnDownOf, expectedOfAll, neededInTenths } from '../../../src/domain/obligation/burn-down.ts'
import { CALENDAR as calendar } from '../county.ts'

const on = (today: string, dueOn: string, isTodayLeft = false) => ({ today, dueOn, calendar, isTodayLeft })
const change = (day: string, opened: number, closed: number) => ({ day, opened, closed })

describe('how a campaign burns down', () => {
  test('adds up what was registered and closed, one point each working day', () => {
    const { series, remaining } = burnDownOf(
      [change('2022-06-06', 10, 0), change('2022-06-08', 0, 4)],
      on('2022-06-09', '2022-06-20'),
    )
    expect(series).toEqual([
      { day: '2022-06-06', open: 10 },
      { day: '2022-06-07', open: 10 },
      { day: '2022-06-08', open: 6 },
      { day: '2022-06-09', open: 6 },
    ])
    expect(remaining).toBe(6)
  })

  test('says what each working day that is left must close, and what the last ones closed', () => {
    const { workingDaysLeft, neededPerDay, actualPerDay } = burnDownOf(
      [change('2022-06-06', 20, 0), change('2022-06-08', 0, 4)],
      on('2022-06-09', '2022-06-17'),
    )
    expect(workingDaysLeft).toBe(6)
    expect(neededPerDay).toBeCloseTo(16 / 6)
    expect(actualPerDay).toBe(1)
  })

  test('foretells the day at that pace and how late it is', () => {
    const late = burnDownOf(
      [change('2022-06-06', 12, 0), change('2022-06-08', 0, 4)],
      on('2022-06-09', '2022-06-15'),
    )
    // Eight are left at one a working day.
    expect(late).toMatchObject({ remaining: 8, expectedOn: '2022-06-21', expectedLate: 4 })
  })

  test('foretells nothing while nothing closes, and needs nothing once all is done', () => {
    expect(burnDownOf([change('2022-06-06', 3, 0)], on('2022-06-09', '2022-06-15'))).toMatchObject({
      actualPerDay: 0,
      expectedOn: null,
      expectedLate: null,
    })
    expect(burnDownOf([change('2022-06-06', 3, 3)], on('2022-06-09', '2022-06-15'))).toMatchObject({
      remaining: 0,
      neededPerDay: 0,
      expectedLate: 0,
    })
  })

  test('counts today as a day to close something on until its office hours end', () => {
    const left = (today: string, isTodayLeft: boolean) =>
      burnDownOf([change('2022-06-06', 14, 0)], on(today, '2022-06-17', isTodayLeft)).workingDaysLeft
    expect([left('2022-06-09', false), left('2022-06-09', true)]).toEqual([6, 7])
    expect([left('2022-06-17', false), left('2022-06-17', true)]).toEqual([0, 1])
    expect(left('2022-06-20', true)).toBe(0)
  })

  test('several are all done with the last of them, and nobody knows when while one that is open stands still', () => {
    const until = on('2022-06-09', '2022-06-15')
    const done = { remaining: 0, expectedOn: '2022-06-09' as const }
    const slow = { remaining: 4, expectedOn: '2022-06-17' as const }
    const quick = { remaining: 1, expectedOn: '2022-06-10' as const }
    expect(expectedOfAll([done, slow, quick], until)).toEqual({ expectedOn: '2022-06-17', expectedLate: 2 })
    expect(expectedOfAll([done], until)).toEqual({ expectedOn: '2022-06-09', expectedLate: 0 })
    const still = { remaining: 2, expectedOn: null }
    expect(expectedOfAll([done, still], until)).toEqual({ expectedOn: null, expectedLate: null })
  })

  test('has no pace left to need after the last day', () => {
    expect(burnDownOf([change('2022-06-06', 3, 0)], on('2022-06-16', '2022-06-15')).neededPerDay).toBeNull()
  })
})

test.each([
  [0.02, '0.1'],
  [0.3, '0.3'],
  [1.01, '1.1'],
  [2, '2.0'],
])('a pace of %d a day is told as %s, never as less', (perDay, told) => {
  expect(neededInTenths(perDay)).toBe(told)
})
