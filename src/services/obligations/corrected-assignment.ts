import {
  limitDays,
  type Policy,
  type Rule,
  ruleFor,
  type RuleSubject,
} from '../../domain/escalation/policy.ts'
import { isMoreUrgent, isReclassed } from '../../domain/escalation/urgency.ts'
import { isPerforming } from '../../domain/obligation/turn-clocks.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { type Day, dayOf } from '../../domain/time/days.ts'
import { dueFromWorkingDays, limitOn } from '../../domain/time/limits.ts'
import type { NewAssignment } from './new-assignment.ts'
import type { CorrectedRow } from './corrected-row.ts'

type Setting = { policy: Policy; calendar: Calendar; today: Day }
/** An assignment that ended, as far as it can begin again. */
export type EarlierAssignment = Pick<NewAssignment, 'startOn' | 'workingDays'> & {
  id: string
  dueOn: Day
  /** The first of those that it went on from; null where it was that one. */
  origin: string | null
}

/**
 * The assignment that follows from a correction; null where the open one stays as it is. A raised level and a new issue count from
 * the issue; another town counts from today, since it could not begin before; a lowered level keeps the due day. Another cause or key
 * group does as a level does: under a rule of fewer working days it counts anew, else it keeps the day (R1). A review and a
 * pause keep their day whatever changes. What becomes more urgent never gets more time: where the day it had is the earlier one, it goes on
 * counting from the parts of that day, so that a recount moves it as if nothing had been raised.
 */
export function correctedAssignment(
  before: CorrectedRow,
  after: CorrectedRow,
  setting: Setting,
): NewAssignment | null {
  const kept = restoredAssignment(before, after, setting, null)
  const anew = anewAssignment(before, after, setting)
  if (kept === null || anew === null) return anew ?? kept
  return keepsEarlierDay(before, after, setting) && kept.limit.dueAt < anew.limit.dueAt ? kept : anew
}

/** More urgent in its town: nobody else is to begin, so whoever had a day is to keep it. */
function keepsEarlierDay(before: CorrectedRow, after: CorrectedRow, { policy }: Setting): boolean {
  return isMoreUrgent(policy, before, after) && before.office === after.office
}

/** The one that counts anew; null where the limit stays. */
function anewAssignment(
  before: CorrectedRow,
  after: CorrectedRow,
  { policy, calendar, today }: Setting,
): NewAssignment | null {
  const startOn = startsAnew(before, after, { policy, today })
  if (startOn === null || !isPerforming(before.stage)) return null
  const common = movesAssignment(before, after, policy) ? assignmentAs(before, after, policy) : null
  if (common === null) return null
  const workingDays = anewDays(common.rule, policy, after)
  return { ...common, startOn, workingDays, limit: dueFromWorkingDays(startOn, workingDays, calendar) }
}

/** The working days of an assignment that begins anew; those of a redo depend on those of the first. */
export function anewDays(rule: Rule, policy: Policy, of: Omit<RuleSubject, 'stage'>) {
  const { limit } = ruleFor(policy, { ...of, stage: 'perform' })
  return limitDays(rule, 'workingDays' in limit ? limit.workingDays : null)
}

/**
 * The assignment of a corrected obligation with the days of an earlier one, or with those it has. Those of an earlier one hold again
 * whatever the rules of today say of what changed: the obligation gets them too.
 * @returns null where the open one stays as it is
 */
export function restoredAssignment(
  before: CorrectedRow,
  after: CorrectedRow,
  { policy, calendar }: Setting,
  earlier: EarlierAssignment | null,
): NewAssignment | null {
  if (earlier === null && !movesAssignment(before, after, policy)) return null
  const common = assignmentAs(before, after, policy)
  if (common === null || before.holderDueOn === null) return null
  const { startOn, assignmentStartOn, workingDays, holderDueOn } = before
  const { assignment, origin: root } = before
  const open = { startOn: assignmentStartOn ?? startOn, workingDays, dueOn: holderDueOn }
  const days = earlier ?? { ...open, id: assignment, origin: root }
  const limit = limitOn(days.dueOn, calendar)
  // What was paused or granted before goes on counting.
  const origin = days.origin ?? days.id
  return { ...common, startOn: days.startOn, workingDays: days.workingDays, limit, origin }
}

/** Whether a correction puts other work in the place of the open one. */
function movesAssignment(before: CorrectedRow, after: CorrectedRow, policy: Policy): boolean {
  const { stage } = before
  return stage !== null && (isMoved(before, after) || isReclassed(policy, before, after, stage))
}

/** All of it but its days; null where nobody holds it. While the office stays, so does the person it is named to. */
function assignmentAs(before: CorrectedRow, after: CorrectedRow, policy: Policy) {
  const { stage } = before
  if (stage === null || before.holderDueOn === null) return null
  const { id: obligation, kind, level } = after
  const office = isPerforming(stage) ? after.office : before.holderOffice!
  const person = office === before.holderOffice ? before.holderPerson : null
  return { obligation, kind, level, stage, office, person, rule: ruleFor(policy, { ...after, stage }) }
}

/** The assignment of a reviewer, and a pause, move with the level, or with another rule of their own. */
function isMoved(before: CorrectedRow, after: CorrectedRow): boolean {
  if (before.level !== after.level) return true
  return isPerforming(before.stage) && (before.office !== after.office || before.issuedAt !== after.issuedAt)
}

/** The day from which the limit counts anew; null where it stays. */
function startsAnew(
  before: CorrectedRow,
  after: CorrectedRow,
  { policy, today }: Pick<Setting, 'policy' | 'today'>,
): Day | null {
  if (before.office !== after.office) return today
  // A level raised under the old issue is news of today.
  if (isMoreUrgent(policy, before, after))
    return after.issuedAt > before.issuedAt ? dayOf(after.issuedAt) : today
  const sameLimit = before.level === after.level && !isReclassed(policy, before, after, 'perform')
  return sameLimit ? dayOf(after.issuedAt) : null
}
