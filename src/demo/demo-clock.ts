import type { Calendar } from '../domain/time/calendar.ts'
import type { ClockRow } from '../domain/time/clock.ts'
import { dayOf, type Instant, MS_PER_DAY } from '../domain/time/days.ts'

/**
 * On a day off nothing falls due and nobody works, so a demonstration that begins then shows the last working day at the
 * same time of day. @returns `now` itself on a working day
 */
export function lastWorkingMoment(now: Instant, calendar: Calendar): Instant {
  let at = now
  while (!calendar.isWorking(dayOf(at))) at -= MS_PER_DAY
  return at
}

/** Goes on from an instant at the usual pace; wall time where the two are the same. */
export function clockFrom(at: Instant, wallNow: Instant): ClockRow {
  return at === wallNow
    ? { mode: 'wall' }
    : { mode: 'rate', businessAnchor: at, wallAnchor: wallNow, rate: 1 }
}
