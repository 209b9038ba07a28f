import { addDays, type Day, dayOf, endOfDay, type Instant, weekday } from './days.ts'

/** The Sunday that ends the week of a day. */
export function endOfWeek(day: Day): Day {
  return addDays(day, (7 - weekday(day)) % 7)
}

/** The Monday of the week that a day lies in. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((weekday(day) + 6) % 7))
}

/** The ends of the last whole weeks and now, from the oldest on: `n` instants. */
export function lastWeeks(now: Instant, n: number): Instant[] {
  const lastSunday = addDays(endOfWeek(dayOf(now)), -7)
  const ends = Array.from({ length: n - 1 }, (_, i) => endOfDay(addDays(lastSunday, -7 * i)))
  return [...ends.reverse(), now]
}
