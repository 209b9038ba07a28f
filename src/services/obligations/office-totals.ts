import type { OfficeCounts } from './office-counts.ts'

/** `longest`: how many working days the oldest overdue obligation is late. `trend`: how many were late week by week. */
export type OfficeLine = OfficeCounts & { longest: number; trend: readonly number[] }

type Summed = Exclude<keyof OfficeCounts, 'code' | 'name' | 'kind' | 'oldestDueOn'>
/** Every count: one that is left out does not compile. */
const SUMMED: Record<Summed, true> = {
  ...{ unfinished: true, red: true, orange: true, yellow: true, other: true },
  ...{ dueToday: true, dueThisWeek: true, overdue: true, overdueRed: true, inReview: true },
  ...{ done: true, doneUnheld: true, doneLate: true, openLate: true },
}
const COUNTS = Object.keys(SUMMED) as Summed[]

/** Counts are summed; the longest is that of the worst, the oldest day the earliest. */
export function addLine(a: OfficeLine, b: OfficeLine): OfficeLine {
  const sums = Object.fromEntries(COUNTS.map((key) => [key, a[key] + b[key]])) as Record<Summed, number>
  const trend = a.trend.map((n, i) => n + (b.trend[i] ?? 0))
  const oldestDueOn = [a.oldestDueOn, b.oldestDueOn].filter((day) => day !== null).sort()[0] ?? null
  return { ...a, ...sums, trend, oldestDueOn, longest: Math.max(a.longest, b.longest) }
}
