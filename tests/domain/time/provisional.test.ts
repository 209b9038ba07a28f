import { describe, expect, it, test } from 'vitest'
import { missingYear, missingYearWords } from '../../../src/domain/time/missing-year.ts'
import { isProvisional, provisionalMark } from '../../../src/domain/time/provisional.ts'
import { CALENDAR } from '../county.ts'

describe('a counted day', () => {
  it.each([
    ['2026-12-31', ''],
    ['2027-01-04', '(暂定)'],
    ['2035-06-08', '(暂定)'],
  ])('%s is marked %j', (day, mark) => {
    expect(provisionalMark(day, CALENDAR)).toBe(mark)
    expect(isProvisional(day, CALENDAR)).toBe(mark !== '')
  })
})

describe('the calendar of next year is missing', () => {
  it.each([
    ['2026-08-31', null, null],
    ['2026-08-31', '2026-12-31', null],
    ['2026-08-31', '2027-01-04', 2027],
    ['2026-09-01', null, 2027],
    ['2027-03-01', null, 2027],
    ['2025-12-31', '2026-01-08', null],
  ])('on %s, with something due on %s: %s', (today, lastDueOn, missing) => {
    expect(missingYear(CALENDAR, today, lastDueOn)).toBe(missing)
  })
})

test('the words say what holds meanwhile, how much rests on it, and what to do', () => {
  expect(missingYearWords(2027, null, true)).toMatch(/缺 2027 年.*法定节假日.*暂定.*calendar add/)
  expect(missingYearWords(2027, 3, false)).toContain('现有 3 件在办事项的限时是暂定的')
  expect(missingYearWords(2027, 0, false)).not.toMatch(/现有|npm/)
})
