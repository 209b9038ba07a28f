import { limitDays, type Policy, ruleFor } from '../../domain/escalation/policy.ts'
import { isRaised } from '../../domain/obligation/changes.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { type Day, dayOf } from '../../domain/time/days.ts'
import { dueFromWorkingDays, limitOn } from '../../domain/time/limits.ts'
import type { NewAssignment } from './assignments.ts'
import type { CorrectedRow } from './corrected-row.ts'

type Setting = { policy: Policy; calendar: Calendar; today: Day }

/**
 * The assignment that follows from a correction; null where the open one stays as it is. A raised level and a new issue count from
 * the issue; another town counts from today, since it could not begin before; a lowered level keeps the due day. A review keeps
 * its day whatever changes, for the work is done.
 */
export function correctedAssignment(
  before: CorrectedRow,
  after: CorrectedRow,
  { policy, calendar, today }: Setting,
): NewAssignment | null {
  const { stage } = before
  if (stage === null || before.holderDueOn === null || !isMoved(before, after)) return null
  const { id: obligation, kind, level } = after
  const rule = ruleFor(policy, { kind, level, stage })
  const office = stage === 'review' ? before.holderOffice! : after.office
  const common = { obligation, kind, level, stage, office, rule }
  const startOn = startsAnew(before, after, today)
  if (startOn === null || stage === 'review')
    return {
      ...{ ...common, startOn: before.assignmentStartOn ?? before.startOn, workingDays: before.workingDays },
      limit: limitOn(before.holderDueOn, calendar),
    }
  const perform = ruleFor(policy, { kind, level, stage: 'perform' })
  const workingDays = limitDays(rule, 'workingDays' in perform.limit ? perform.limit.workingDays : null)
  return { ...common, startOn, workingDays, limit: dueFromWorkingDays(startOn, workingDays, calendar) }
}

/** A reviewer's assignment moves with the level alone. */
function isMoved(before: CorrectedRow, after: CorrectedRow): boolean {
  if (before.level !== after.level) return true
  return before.stage !== 'review' && (before.office !== after.office || before.issuedAt !== after.issuedAt)
}

/** The day from which the limit counts anew; null where it stays. */
function startsAnew(before: CorrectedRow, after: CorrectedRow, today: Day): Day | null {
  if (before.office !== after.office) return today
  // A level raised under the old issue is news of today.
  if (isRaised(before.level, after.level))
    return after.issuedAt > before.issuedAt ? dayOf(after.issuedAt) : today
  return before.level === after.level ? dayOf(after.issuedAt) : null
}
