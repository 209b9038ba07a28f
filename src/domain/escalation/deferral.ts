import type { Calendar } from '../time/calendar.ts'
import type { Instant } from '../time/days.ts'
import { afterOfficeTime, nextOpening, nextRound, type OfficeHours } from '../time/office-hours.ts'

/**
 * How long a reader's mailbox may put a mail off before somebody else is told beside it. `urgentOfficeMinutes`: office time for
 * what is urgent or about a red warning, from when it was owed. `rounds`: for the rest, so many regular rounds after the mail
 * was composed.
 */
export type DeferralLimits = { urgentOfficeMinutes: number; rounds: number }

/** For a policy that sets none. */
export const DEFERRAL_LIMITS: DeferralLimits = { urgentOfficeMinutes: 60, rounds: 1 }

const MINUTE = 60_000

type Waiting = { urgent: boolean; createdAt: Instant; composedAt: Instant }

/** When a line of a mail that is put off passes on. */
export function deferralLimit(
  { urgent, createdAt, composedAt }: Waiting,
  hours: OfficeHours,
  calendar: Calendar,
  limits: DeferralLimits,
): Instant {
  if (urgent) {
    const owedAt = nextOpening(createdAt, hours, calendar)
    return afterOfficeTime(owedAt, limits.urgentOfficeMinutes * MINUTE, hours, calendar)
  }
  let at = composedAt
  for (let round = 0; round < limits.rounds; round++) at = nextRound(at + 1, hours, calendar)
  return at
}
