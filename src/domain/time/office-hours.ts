import type { Calendar } from './calendar.ts'
import { addDays, type Day, dayOf, endOfDay, type Instant, instantAt } from './days.ts'

/** A county's office hours on working days, `HH:MM` Beijing time, and the times its digests leave. */
export type OfficeHours = { periods: [string, string][]; rounds: string[] }

export function isOpen(at: Instant, hours: OfficeHours, calendar: Calendar): boolean {
  const day = dayOf(at)
  return (
    calendar.isWorking(day) &&
    hours.periods.some(([from, to]) => at >= instantAt(day, from) && at < instantAt(day, to))
  )
}

/** Is what is left of this day still to be worked: a working day whose last office hour has not ended? */
export function hasHoursLeft(at: Instant, hours: OfficeHours, calendar: Calendar): boolean {
  const day = dayOf(at)
  return calendar.isWorking(day) && hours.periods.some(([, to]) => at < instantAt(day, to))
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

/** The last regular round at or before an instant. */
export function lastRound(at: Instant, hours: OfficeHours, calendar: Calendar): Instant {
  for (let day = dayOf(at); ; day = addDays(day, -1)) {
    if (!calendar.isWorking(day)) continue
    const found = hours.rounds.map((time) => instantAt(day, time)).findLast((instant) => instant <= at)
    if (found !== undefined) return found
  }
}

/** The last first round of a working day, at or before an instant. */
export function lastMorningRound(at: Instant, hours: OfficeHours, calendar: Calendar): Instant {
  return lastRound(at, { ...hours, rounds: hours.rounds.slice(0, 1) }, calendar)
}

/** The instant at which so many milliseconds of office time have passed. */
export function afterOfficeTime(from: Instant, ms: number, hours: OfficeHours, calendar: Calendar): Instant {
  let left = ms
  for (let at = nextOpening(from, hours, calendar); ; at = nextOpening(at, hours, calendar)) {
    const closing = closingAfter(at, hours)
    if (at + left < closing) return at + left
    left -= closing - at
    at = closing
  }
}

/** When the office closes that is open at an instant. */
function closingAfter(at: Instant, hours: OfficeHours): Instant {
  const day = dayOf(at)
  const closings = hours.periods.map(([, to]) => instantAt(day, to))
  return closings.find((closing) => closing > at) ?? endOfDay(day)
}

function firstOn(at: Instant, times: string[], calendar: Calendar): Instant {
  for (let day = dayOf(at); ; day = calendar.next(day)) {
    if (!calendar.isWorking(day)) continue
    const found = times.map((time) => instantAt(day, time)).find((instant) => instant >= at)
    if (found !== undefined) return found
  }
}
