import { expect, it } from 'vitest'
import { yearToStart } from '../../web/src/parts/year-to-start.ts'
import { beginBody, DONE_BEFORE, isComplete } from '../../web/src/pages/year-plan/begin-choices.ts'

it('of each way only what belongs to it is sent', () => {
  const said = { wordOf: ' 王主任 ', dueOn: '2026-12-10' }
  expect(
    beginBody({
      launch: { as: 'done-before', ...said },
      screening: { as: 'taken-over', ...said },
      verification: { as: 'late', ...said },
      'zero-out': DONE_BEFORE,
    }),
  ).toEqual([
    { phase: 'launch', as: 'done-before', wordOf: '王主任' },
    { phase: 'screening', as: 'taken-over', dueOn: '2026-12-10' },
    { phase: 'verification', as: 'late' },
    { phase: 'zero-out', as: 'done-before' },
  ])
})

it('a phase that is taken over needs another day', () => {
  expect(isComplete(DONE_BEFORE)).toBe(true)
  expect(isComplete({ ...DONE_BEFORE, as: 'taken-over' })).toBe(false)
  expect(isComplete({ ...DONE_BEFORE, as: 'taken-over', dueOn: '2026-12-10' })).toBe(true)
})

it('this year is started until it has begun', () => {
  expect(yearToStart('2026-05-04', undefined)).toBe(2026)
  expect(yearToStart('2026-05-04', 2025)).toBe(2026)
  expect(yearToStart('2026-05-04', 2026)).toBeNull()
  expect(yearToStart('2026-12-01', 2027)).toBeNull()
})
