import type { Calendar } from './calendar.ts'
import { type Day, dayOf, type Instant } from './days.ts'

/** Where a clock stands. Late means `now ≥ dueAt` while open; overdue working days are those begun after the due day. */
export type ClockStanding = { remainingWorkingDays: number; overdue: boolean; overdueWorkingDays: number }

export function standingOf(
  due: { dueOn: Day; dueAt: Instant },
  calendar: Calendar,
  now: Instant,
): ClockStanding {
  const today = dayOf(now)
  const overdue = now >= due.dueAt
  return {
    remainingWorkingDays: overdue ? 0 : calendar.between(today, due.dueOn),
    overdue,
    overdueWorkingDays: overdue ? calendar.between(due.dueOn, today) : 0,
  }
}
