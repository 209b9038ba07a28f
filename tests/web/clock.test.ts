import { expect, it } from 'vitest'
import { type Clocked, clockOf } from '../../web/src/parts/clock.ts'

const NOW = Date.parse('2022-06-08T01:00:00Z')
const open: Clocked = {
  state: 'open',
  overdue: false,
  overdueWorkingDays: 0,
  remainingWorkingDays: 5,
  everLate: false,
  holder: { dueAt: '2022-06-15T16:00:00Z' },
}

it.each<[string, Partial<Clocked>, string]>([
  ['far', {}, '○ calm remaining 5'],
  ['near', { remainingWorkingDays: 2 }, '◔ soon remaining 2'],
  ['today', { remainingWorkingDays: 0 }, '◔ soon today 0'],
  ['late', { overdue: true, overdueWorkingDays: 3, remainingWorkingDays: 0 }, '▲ late overdue 3'],
  [
    'a late review, which is not the town’s lateness',
    { state: 'submitted', remainingWorkingDays: 0, holder: { dueAt: '2022-06-07T16:00:00Z' } },
    '◔ soon reviewLate 0',
  ],
  ['done', { state: 'accepted', holder: null }, '✓ done done 0'],
  ['done late', { state: 'accepted', everLate: true, holder: null }, '✓ soon doneLate 0'],
  ['paused while late', { state: 'suspended', overdue: true, overdueWorkingDays: 3 }, '∥ soon paused 0'],
  ['cancelled', { state: 'cancelled', holder: null }, '– calm cancelled 0'],
])('the clock of one that is %s', (_name, change, told) => {
  const { shape, look, word, days } = clockOf({ ...open, ...change }, NOW)
  expect(`${shape} ${look} ${word} ${days}`).toBe(told)
})
