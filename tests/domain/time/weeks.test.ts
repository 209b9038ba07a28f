import { expect, test } from 'vitest'
import { beijingText, instantAt } from '../../../src/domain/time/days.ts'
import { endOfWeek, lastWeeks } from '../../../src/domain/time/weeks.ts'

test.each([
  ['2022-06-13', '2022-06-19'],
  ['2022-06-18', '2022-06-19'],
  ['2022-06-19', '2022-06-19'],
  ['2022-06-20', '2022-06-26'],
])('the week of %s ends on Sunday %s', (day, sunday) => {
  expect(endOfWeek(day)).toBe(sunday)
})

test.each(['2022-06-15', '2022-06-19'])(
  'the last weeks before %s end on Sundays at midnight, and now',
  (day) => {
    const now = instantAt(day, '09:00')
    expect(lastWeeks(now, 3).map(beijingText)).toEqual([
      '2022-06-06 00:00',
      '2022-06-13 00:00',
      `${day} 09:00`,
    ])
  },
)
