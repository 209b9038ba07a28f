import type { Calendar } from './calendar.ts'
import { type Day, endOfDay, type Instant } from './days.ts'

/**
 * A due day and its 24:00 Beijing time. `provisional` means that it rests on days beyond the published calendar.
 */
export type Limit = { dueOn: Day; dueAt: Instant; provisional: boolean }

export const MAX_WORKING_DAYS = 366

/**
 * The limit ends at 24:00 of the n-th working day after the start; the start never counts. @throws RangeError
 * unless n is 1–366
 */
export function dueFromWorkingDays(start: Day, n: number, calendar: Calendar): Limit {
  if (!Number.isInteger(n) || n < 1 || n > MAX_WORKING_DAYS)
    throw new RangeError(`${n} is no number of working days`)
  const limit = limitOn(calendar.add(start, n), calendar)
  return calendar.covers(start) ? limit : { ...limit, provisional: true }
}

/**
 * Fixed dates include the named day, working or not (“6月15日前” includes the 15th). They rest on no calendar, so they
 * are never provisional.
 */
export function dueOnFixedDay(dueOn: Day): Limit {
  return { dueOn, dueAt: endOfDay(dueOn), provisional: false }
}

/** The day itself, with what the calendar knows of it. */
export function limitOn(dueOn: Day, calendar: Calendar): Limit {
  return { dueOn, dueAt: endOfDay(dueOn), provisional: !calendar.covers(dueOn) }
}
