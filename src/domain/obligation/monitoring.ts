import type { Calendar } from '../time/calendar.ts'
import { addDays, type Day } from '../time/days.ts'

/** How often a household is visited that is watched; what a policy says of it. */
export type MonitoringRules = { everyDays: number }

/** Every two months, where a county's policy says nothing. */
const DEFAULT_EVERY_DAYS = 60

/** Calendar days from one visit to the next. */
export function visitInterval({ monitoring }: { monitoring?: MonitoringRules | null }): number {
  return monitoring?.everyDays ?? DEFAULT_EVERY_DAYS
}

/**
 * The day of the next visit (R16): so many days after the last one, moved to the next working day where it is none. It is never
 * a day that is over, however late the last visit was passed.
 */
export function nextVisitOn(after: Day, everyDays: number, today: Day, calendar: Calendar): Day {
  const planned = addDays(after, everyDays)
  const day = planned > today ? planned : addDays(today, 1)
  return calendar.isWorking(day) ? day : calendar.next(day)
}
