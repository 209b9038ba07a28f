import { describe, expect, test } from 'vitest'
import { burnDownOf, neededInTenths } from '../../../src/domain/obligation/burn-down.ts'
import { CALENDAR as calendar } from '../county.ts'

const on = (today: string, dueOn: string) => ({ today, dueOn, calendar })
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
