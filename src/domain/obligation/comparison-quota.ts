import type { Day } from '../time/days.ts'
import type { ComparisonPeriod } from './result-words.ts'
import { isClosed, type Source, type State } from './vocabulary.ts'

/** How often a year the plan compares with a partner (R3): once in each half-year, or once in the year. */
export type QuotaRule = { partner: Source; every: 'half-year' | 'year' }

/** A comparison of the county, as far as it counts for the quota. */
export type PlannedComparison = {
  /** Null while its phase has not opened. */
  id: string | null
  partner: Source | null
  period: ComparisonPeriod | null
  state: State
  dueOn: Day
  overdue: boolean
}

/** How far one partner is in one part of the year. */
export type QuotaLine = {
  partner: Source
  period: ComparisonPeriod
  required: number
  done: number
  /** Not done, and not late. */
  planned: number
  late: number
  /** Missing when the phase ends, if what is late stays undone. */
  projectedShortfall: number
  /** The day by which it counts; null where nothing of it is planned. */
  dueOn: Day | null
  comparisons: PlannedComparison[]
}

/** Where the yearly plan stands, partner by partner and half by half, in the order of the plan. */
export function quotaLines(rules: readonly QuotaRule[], made: readonly PlannedComparison[]): QuotaLine[] {
  return rules.flatMap(({ partner, every }) => {
    const theirs = made.filter((comparison) => comparison.partner === partner)
    if (every === 'year') return [quotaLine(partner, 'Y', theirs)]
    return (['H1', 'H2'] as const).map((period) =>
      quotaLine(
        partner,
        period,
        theirs.filter((comparison) => comparison.period === period),
      ),
    )
  })
}

function quotaLine(partner: Source, period: ComparisonPeriod, comparisons: PlannedComparison[]): QuotaLine {
  const required = 1
  const open = comparisons.filter(({ state }) => !isClosed(state))
  const done = comparisons.filter(({ state }) => state === 'accepted').length
  const late = open.filter(({ overdue }) => overdue).length
  const planned = open.length - late
  const days = comparisons.map(({ dueOn }) => dueOn).toSorted()
  return {
    ...{ partner, period, required, done, planned, late, comparisons, dueOn: days[0] ?? null },
    projectedShortfall: Math.max(0, required - done - planned),
  }
}
