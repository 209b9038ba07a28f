import { expect, it } from 'vitest'
import { type PlannedComparison, quotaLines } from '../../../src/domain/obligation/comparison-quota.ts'

const RULES = [
  { partner: 'health', every: 'year' },
  { partner: 'medical-insurance', every: 'half-year' },
] as const
const made = (change: Partial<PlannedComparison>): PlannedComparison => ({
  ...{ id: 'ob_1', partner: 'medical-insurance', period: 'H1', state: 'open', dueOn: '2022-06-15' },
  overdue: false,
  ...change,
})
const short = (...comparisons: PlannedComparison[]) =>
  quotaLines(RULES, comparisons).map(({ partner, period, projectedShortfall }) => [
    ...[partner, period, projectedShortfall],
  ])

it('names each partner and half for which nothing is planned', () => {
  expect(short()).toEqual([
    ['health', 'Y', 1],
    ['medical-insurance', 'H1', 1],
    ['medical-insurance', 'H2', 1],
  ])
})

it('a second comparison in one half does not stand for the other', () => {
  const twice = [made({ state: 'accepted' }), made({ id: 'ob_2', state: 'accepted' })]
  expect(short(...twice)).toEqual([
    ['health', 'Y', 1],
    ['medical-insurance', 'H1', 0],
    ['medical-insurance', 'H2', 1],
  ])
})

it('what is late is short, what was cancelled is nothing, and any part of the year stands for the year', () => {
  const [health, half] = quotaLines(RULES, [
    made({ partner: 'health', period: 'H1' }),
    made({ overdue: true }),
    made({ state: 'cancelled', overdue: true }),
  ])
  expect(health).toMatchObject({ planned: 1, projectedShortfall: 0, dueOn: '2022-06-15' })
  expect(half).toMatchObject({ planned: 0, late: 1, done: 0, projectedShortfall: 1 })
})
