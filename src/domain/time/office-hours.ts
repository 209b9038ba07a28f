import type { Calendar } from './calendar.ts'
import { type Day, dayOf, type Instant, instantAt } from './days.ts'

/** A county's office hours on working days, `HH:MM` Beijing time, and the times its digests leave. */
export type OfficeHours = { periods: [string, string][]; rounds: string[] }

export function isOpen(at: Instant, hours: OfficeHours, calendar: Calendar): boolean {
  const day = dayOf(at)
  return (
    calendar.isWorking(day) &&
    hours.periods.some(([from, to]) => at >= instantAt(day, from) && at < instantAt(day, to))
  )
}

/** The instant the office opens on a day. */
export function openingOf(day: Day, hours: OfficeHours): Instant {
  return instantAt(day, hours.periods[0]?.[0] ?? '00:00')
}

/** Returns `at` itself within office hours, otherwise the next opening. */
export function nextOpening(at: Instant, hours: OfficeHours, calendar: Calendar): Instant {
  if (isOpen(at, hours, calendar)) return at
  return firstOn(
    at,
    hours.periods.map(([from]) => from),
    calendar,
  )
}

/** The first regular round at or after an instant. */
export function nextRound(at: Instant, hours: OfficeHours, calendar: Calendar): Instant {
  return firstOn(at, hours.rounds, calendar)
}

/** The first round of a working day, at or after an instant: what can wait goes with it. */
export function nextMorningRound(at: Instant, hours: OfficeHours, calendar: Calendar): Instant {
  return firstOn(at, hours.rounds.slice(0, 1), calendar)
}

function firstOn(at: Instant, times: string[], calendar: Calendar): Instant {
  for (let day = dayOf(at); ; day = calendar.next(day)) {
    if (!calendar.isWorking(day)) continue
    const found = times.map((time) => instantAt(day, time)).find((instant) => instant >= at)
    if (found !== undefined) return found
  }
}
