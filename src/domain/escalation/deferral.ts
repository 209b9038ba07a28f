import type { Calendar } from '../time/calendar.ts'
import type { Instant } from '../time/days.ts'
import { afterOfficeTime, nextOpening, nextRound, type OfficeHours } from '../time/office-hours.ts'

export type DeferralLimits = { urgentOfficeMs: number; rounds: number }

/**
 * How long a reader's mailbox may put a mail off before somebody else is told beside it. `urgentOfficeMs`: office time for what
 * is urgent or about a red warning, from when it was owed. `rounds`: for the rest, so many regular rounds after the mail was
 * composed. These are the product's own numbers; a policy may overrule them later.
 */
export const DEFERRAL_LIMITS: DeferralLimits = { urgentOfficeMs: 60 * 60_000, rounds: 1 }

type Waiting = { urgent: boolean; createdAt: Instant; composedAt: Instant }

/** When a line of a mail that is put off passes on. */
export function deferralLimit(
  { urgent, createdAt, composedAt }: Waiting,
  hours: OfficeHours,
  calendar: Calendar,
  limits = DEFERRAL_LIMITS,
): Instant {
  if (urgent) {
    const owedAt = nextOpening(createdAt, hours, calendar)
    return afterOfficeTime(owedAt, limits.urgentOfficeMs, hours, calendar)
  }
  let at = composedAt
  for (let round = 0; round < limits.rounds; round++) at = nextRound(at + 1, hours, calendar)
  return at
}
