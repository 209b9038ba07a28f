import { expect, test } from 'vitest'
import { dueBars } from '../../web/src/pages/imports/due-bars.ts'

test('days within a month are bars of a day, with the empty days between, past and today marked', () => {
  const { bars, most, by } = dueBars({ '2022-06-10': 2, '2022-06-08': 5 }, '2022-06-09')
  expect(by).toBe('day')
  expect(most).toBe(5)
  expect(bars.map(({ from, count, late, today }) => [from, count, late, today])).toEqual([
    ['2022-06-08', 5, true, false],
    ['2022-06-09', 0, false, true],
    ['2022-06-10', 2, false, false],
  ])
})

test('more days are weeks from Monday on, and still more are months; no count is lost', () => {
  const weeks = dueBars({ '2022-06-08': 1, '2022-06-12': 1, '2022-08-01': 3 }, '2022-06-09')
  expect(weeks.by).toBe('week')
  expect(weeks.bars[0]).toEqual({
    from: '2022-06-06',
    until: '2022-06-12',
    count: 2,
    late: false,
    today: true,
  })
  expect(weeks.bars.at(-1)).toMatchObject({ from: '2022-08-01', count: 3 })
  const months = dueBars({ '2022-12-31': 1, '2024-03-01': 2 }, '2023-01-15')
  expect(months.by).toBe('month')
  expect(months.bars).toHaveLength(16)
  expect(months.bars[0]).toMatchObject({ from: '2022-12-01', until: '2022-12-31', count: 1, late: true })
  expect(months.bars.at(-1)).toMatchObject({ from: '2024-03-01', count: 2 })
})

test('nothing due is no bar', () => {
  expect(dueBars({}, '2022-06-09').bars).toEqual([])
})
