import { limitDays, type Policy, type Rule, ruleByCode, ruleFor } from '../../domain/escalation/policy.ts'
import type { Calendars } from '../../domain/time/calendars.ts'
import type { Limit } from '../../domain/time/limits.ts'
import { movedLimit } from '../../domain/time/moved-limit.ts'
import { anewDays } from '../obligations/corrected-assignment.ts'
import { type Base, partsOf, type Postponements } from '../obligations/postponements.ts'
import { isPerforming } from '../../domain/obligation/turn-clocks.ts'
import { isBeside } from '../../domain/obligation/vocabulary.ts'
import type { OpenWork } from './open-work.ts'

/** By what open work is counted anew: the calendars to be, and the policy it is rebased on; null where each keeps its own. */
export type Recounting = {
  calendars: Calendars
  rebase: Policy | null
  /** The policies that open work is under, by id. */
  policies: ReadonlyMap<string, Policy>
}
/** Open work as it is after a recount. */
export type Recounted = { rule: Rule; policy: Policy; workingDays: number | null; limit: Limit }

const NOTHING: Postponements = { pauses: [], extensions: [] }

/**
 * The one way a day is counted anew: from its parts, by the calendar of its office, whatever changed. A day that a document names
 * stays. A hand-over that moves the start belongs into `work.startOn`.
 * @throws NoRule where the policy has no rule for such work
 */
export function recount(
  work: OpenWork & Partial<Base>,
  { calendars, rebase, policies }: Recounting,
  postponements: Postponements = NOTHING,
): Recounted {
  const policy = rebase ?? policies.get(work.policy)!
  const rule = rebase === null ? ruleByCode(policy, work.rule) : ruleFor(policy, work)
  const workingDays =
    rebase === null ? work.workingDays : rebasedDays(work, { rule, policy }, policies.get(work.policy))
  const base = {
    root: work.root ?? '',
    startOn: work.startOn,
    workingDays,
    limitOn: work.limitOn ?? work.dueOn,
  }
  const limit = movedLimit(partsOf(base, postponements), calendars.of(work.office))
  return { rule, policy, workingDays, limit }
}

/**
 * A fixed day stays one, whatever the rule says of others. A version that gives such work the same limit moves nothing: a day that was
 * kept when a level was raised or lowered has other days than its rule.
 */
function rebasedDays(work: OpenWork, to: Ruled, before: Policy | undefined): number | null {
  if (work.workingDays === null || 'fixedDay' in to.rule.limit) return work.workingDays
  const days = ruledDays(work, to)
  return before && daysBefore(work, before) === days ? work.workingDays : days
}

/** What the version it is under gives such work; null for a fixed day. */
function daysBefore(work: OpenWork, policy: Policy): number | null {
  const rule = ruleByCode(policy, work.rule)
  return 'fixedDay' in rule.limit ? null : ruledDays(work, { rule, policy })
}

type Ruled = { rule: Rule; policy: Policy }

function ruledDays(work: OpenWork, { rule, policy }: Ruled): number {
  return isPerforming(work.stage) ? anewDays(rule, policy, work) : limitDays(rule, null)
}

/** Whether anything of it is written anew. */
export function isChanged(work: OpenWork, after: Recounted): boolean {
  return isMoved(work, after) || work.provisional !== after.limit.provisional || isRebased(work, after)
}

export function isMoved(work: Pick<OpenWork, 'dueOn'>, { limit }: Recounted): boolean {
  return work.dueOn !== limit.dueOn
}

/** Whether whoever holds work gains or loses days by it; what waits for an answer beside the work is shown to nobody. */
export function isShown(work: Pick<OpenWork, 'dueOn' | 'stage'>, after: Recounted): boolean {
  return isMoved(work, after) && !isBeside(work.stage)
}

/** It goes on under another version of the policy, or with another number of days. */
export function isRebased(work: OpenWork, { policy, workingDays }: Recounted): boolean {
  return work.policy !== policy.id || work.workingDays !== workingDays
}
