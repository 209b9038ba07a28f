import type { Calendar } from './calendar.ts'
import type { Day } from './days.ts'
import { type Pause, pausedDays } from './moved-limit.ts'

/**
 * The working days somebody had a thing: from 24:00 of `since` to 24:00 of `until`, without those on which the clock stood still. What
 * several had one after another adds up to what all of them had together.
 */
export function heldDays(
  { since, until, pauses }: { since: Day; until: Day; pauses: readonly Pause[] },
  calendar: Calendar,
): number {
  if (until <= since) return 0
  const within = pauses.flatMap(({ from, until: to }) => {
    const clipped = { from: from < since ? since : from, until: to > until ? until : to }
    return clipped.from < clipped.until ? [clipped] : []
  })
  return calendar.between(since, until) - pausedDays(within, calendar)
}
