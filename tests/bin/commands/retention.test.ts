import { expect, test } from 'vitest'
import { yearsBefore } from '../../../src/bin/commands/retention.ts'
import { dayOf, instantAt } from '../../../src/domain/time/days.ts'

test.each([
  ['2027-06-06', 5, '2022-06-06'],
  ['2028-02-29', 5, '2023-02-28'],
  ['2028-02-29', 4, '2024-02-29'],
])('on %s, %i years ago was %s', (today, years, then) => {
  expect(dayOf(yearsBefore(instantAt(today, '15:00'), years))).toBe(then)
})
