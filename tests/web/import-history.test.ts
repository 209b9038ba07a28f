import { expect, it } from 'vitest'
import { isHistory } from '../../web/src/pages/imports/history.ts'

const file = (alreadyLate: number, ...days: string[]) => ({
  accepted: days.length,
  forecast: { alreadyLate, byDueOn: Object.fromEntries(days.map((day) => [day, 1])) },
})

it('a file whose last day is a quarter of a year back is history', () => {
  expect(isHistory(file(2, '2022-05-09', '2022-09-11'), '2022-12-10')).toBe(true)
  expect(isHistory(file(2, '2022-05-09', '2022-09-11'), '2022-12-09')).toBe(false)
})

it('one row in time, no rows at all or an unknown day make none of it', () => {
  expect(isHistory(file(1, '2022-05-09', '2023-01-11'), '2022-12-20')).toBe(false)
  expect(isHistory(file(0), '2022-12-20')).toBe(false)
  expect(isHistory({ accepted: 1, forecast: null }, '2022-12-20')).toBe(false)
  expect(isHistory(file(1, '2022-05-09'), '')).toBe(false)
})
