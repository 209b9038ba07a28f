import { expect, test } from 'vitest'
import {
  isQuiet,
  quietDaysFault,
  quietDaysWords,
  readQuietDays,
} from '../../../src/domain/people/quiet-days.ts'
import { instantAt } from '../../../src/domain/time/days.ts'

test.each([
  ['2022-06-05', [0], true],
  ['2022-06-06', [1], true],
  ['2022-06-11', [6], true],
  ['2022-06-06', [0, 2, 3, 4, 5, 6], false],
  ['2022-06-06', [], false],
])('%s with quiet days %j: %s', (day, days, quiet) => {
  for (const time of ['00:00', '08:30', '23:59']) expect(isQuiet(instantAt(day, time), days)).toBe(quiet)
})

test.each([
  [[], null],
  [[0, 6], null],
  [[0, 1, 2, 3, 4, 6], null],
  [[1, 2, 3, 4, 5], '最多选其中四天'],
  [[7], '0(周日)到 6(周六)'],
  [[-1], '0(周日)到 6(周六)'],
  [[1.5], '0(周日)到 6(周六)'],
])('the fault of quiet days %j: %s', (days, fault) => {
  expect(quietDaysFault(days)).toEqual(fault === null ? null : expect.stringContaining(fault))
})

test.each([
  ['周三,周五', [3, 5]],
  ['周日、周一', [0, 1]],
  [' 周六 周二,', [6, 2]],
  ['', []],
  ['周八', null],
  ['三', null],
])('%j is read as %j', (text, days) => {
  expect(readQuietDays(text)).toEqual(days)
})

test('quiet days are named from Monday on', () => {
  expect(quietDaysWords([0, 5, 3])).toBe('周三、周五、周日')
  expect(quietDaysWords([])).toBe('')
})
