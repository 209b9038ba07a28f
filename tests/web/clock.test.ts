import { expect, it } from 'vitest'
import { clockStatus, dueStatusOf } from '../../src/domain/obligation/clock-status.ts'
import { endOfDay, instantAt } from '../../src/domain/time/days.ts'
import { clockOf } from '../../web/src/parts/clock.ts'
import { CALENDAR } from '../domain/county.ts'

const NOW = instantAt('2022-06-08', '09:00')

it.each([
  ['open', '2022-06-15', false, '○ calm not-due 5'],
  ['open', '2022-06-10', false, '◔ soon due-soon 2'],
  ['returned', '2022-06-08', false, '◔ soon due-today 0'],
  ['open', '2022-06-06', true, '▲ late overdue 2'],
  ['submitted', '2022-06-06', false, '◔ soon review-late 0'],
  ['accepted', '2022-06-06', false, '✓ done done 0'],
  ['accepted', '2022-06-06', true, '✓ soon done-late 0'],
  ['suspended', '2022-06-15', false, '∥ soon suspended 5'],
  ['cancelled', '2022-06-15', false, '– calm cancelled 5'],
] as const)('what is %s and due on %s (ever late: %s) is shown as %s', (state, dueOn, everLate, shown) => {
  const due = { dueOn, dueAt: endOfDay(dueOn) }
  const clock = clockStatus({ state, everLate, ...due }, CALENDAR, NOW)
  const told = clockOf({ clock, everLate, ...dueStatusOf(due, CALENDAR, NOW) })
  expect(`${told.shape} ${told.look} ${told.code} ${told.days}`).toBe(shown)
})

it.each([
  ['2022-06-10', '2022-06-11', 'overdue-short'],
  ['2022-06-10', '2022-06-13', 'overdue'],
  ['2022-06-12', '2022-06-11', 'due-on-day-off'],
  ['2022-06-14', '2022-06-11', 'due-soon'],
  ['2022-06-12', '2022-06-10', 'to-be-done-today'],
  ['2022-06-12', '2022-06-12', 'due-today'],
])('what is due on %s says on %s more than that it is no working day (%s)', (dueOn, today, word) => {
  const due = { dueOn, dueAt: endOfDay(dueOn) }
  const now = instantAt(today, '09:00')
  const clock = clockStatus({ state: 'open', everLate: false, ...due }, CALENDAR, now)
  expect(clockOf({ clock, everLate: false, ...dueStatusOf(due, CALENDAR, now) }).word).toBe(word)
})
