import type { OfficeCounts } from './office-counts.ts'

/** `longest`: how many working days the oldest overdue obligation is late. `trend`: how many were late week by week. */
export type OfficeLine = OfficeCounts & { longest: number; trend: readonly number[] }

const SUMMED = [
  ...(['red', 'orange', 'yellow', 'other', 'dueToday', 'dueThisWeek', 'overdue', 'overdueRed'] as const),
  ...(['inReview', 'done', 'doneUnheld', 'doneLate', 'openLate'] as const),
]

/** Counts are summed; the longest is that of the worst. */
export function addLine(a: OfficeLine, b: OfficeLine): OfficeLine {
  const sums = Object.fromEntries(SUMMED.map((key) => [key, a[key] + b[key]]))
  const trend = a.trend.map((n, i) => n + (b.trend[i] ?? 0))
  return { ...a, ...sums, trend, longest: Math.max(a.longest, b.longest) }
}
