import type { Instant } from '../time/days.ts'
import { type Ladder, rungMoments } from './moments.ts'

/**
 * Late work goes on behind another deadline, whose ladder stands elsewhere in time. What it was told of is not told again; the first rung
 * that it was not told of is `owed` where its time is over.
 * @param told the names of the moments that its old deadline told
 * @returns until when the new deadline is silent for it
 */
export function silenceBehind(
  ladder: Ladder,
  told: ReadonlySet<string>,
  now: Instant,
): { until: Instant; owed: string | null } {
  const rungs = rungMoments(ladder)
  const highest = rungs.findLastIndex(({ name }) => told.has(name))
  const next = rungs[highest + 1]
  if (next && next.decideAt <= now) return { until: next.at - 1, owed: next.name }
  return { until: Math.max(now, rungs[highest]?.at ?? now), owed: null }
}
