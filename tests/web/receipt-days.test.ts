import { expect, it } from 'vitest'
import { weeksOf } from '../../web/src/pages/item/receipt-days.ts'

// Orange, five working days from 2 June 2022; the Dragon Boat Festival took the 3rd to the 5th.
const receipt = {
  start: '2022-06-02',
  dueOn: '2022-06-10',
  counted: ['2022-06-06', '2022-06-07', '2022-06-08', '2022-06-09', '2022-06-10'],
  skipped: [
    { day: '2022-06-03', reason: 'holiday', name: '端午节' },
    { day: '2022-06-04', reason: 'weekend' },
    { day: '2022-06-05', reason: 'weekend' },
  ],
  madeUp: [],
}

it('a receipt is whole weeks from Monday, each counted day with its number and each skipped one with its reason', () => {
  const weeks = weeksOf(receipt as unknown as Parameters<typeof weeksOf>[0])
  const told = weeks.map((week) =>
    week.map(({ day, look, nth, name }) => [day.slice(8), look, nth, name].filter(Boolean).join(' ')),
  )
  expect(told).toEqual([
    ['30 outside', '31 outside', '01 outside', '02 start', '03 skipped 端午节', '04 skipped', '05 skipped'],
    ['06 counted 1', '07 counted 2', '08 counted 3', '09 counted 4', '10 due 5', '11 outside', '12 outside'],
  ])
})
