import { extensionRulesOf, suspensionRulesOf } from '../../domain/escalation/postponement-rules.ts'
import type { Policy } from '../../domain/escalation/policy.ts'
import { type ActionCode, actionRule } from '../../domain/obligation/actions.ts'
import type { ActionInput, Approvers, ObligationState, Refusal } from '../../domain/obligation/lifecycle.ts'
import { assignRefusal, offerRefusal } from '../../domain/obligation/hand-over.ts'
import { grantRefusal, nextApprover, suspensionRefusal } from '../../domain/obligation/postponement.ts'
import { type Actor, isUnder } from '../../domain/people/permissions.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import { allOffices } from '../people/offices.ts'
import { type ActedOnRow, obligationStateOf } from './acted-on.ts'
import { colleaguesIn } from './assign.ts'
import { contactRefusalOf } from './contacts.ts'
import { pendingOffer } from './hand-overs.ts'
import { lastStepOf } from './undo-steps.ts'
import {
  hadExtensions,
  hadPauses,
  isRefusedAfterWait,
  openPauseOf,
  pendingOf,
  type Postponements,
  postponementsOf,
} from './postponements.ts'

/** The state of an obligation with who decides about its pauses and extensions, and what it has had of them. */
export type Decided = {
  at: ObligationState
  postponements: Postponements
  policy: Policy
  calendar: Calendar
}

/** What begins or ends something that waits beside the work. */
const ASKS: ReadonlySet<ActionCode> = new Set<ActionCode>([
  ...(['request-extension', 'offer-hand-over', 'withdraw-hand-over'] as const),
])

/**
 * Whether pauses and extensions decide about an action. Most of a day's actions, a thousand signed for at once, need no look at
 * them.
 */
function isAboutThem(action: ActionCode, { state }: Pick<ActedOnRow, 'state'>): boolean {
  const { by } = actionRule(action)
  const decides = by === 'suspender' || by === 'extender' || by === 'receiver' || by === 'doer'
  return decides || ASKS.has(action) || state === 'suspended'
}

/** The state an action is decided by, and what its policy refuses. */
export async function stateForAction(sql: Sql, o: ActedOnRow, action: ActionInput): Promise<ForAction> {
  if (!isAboutThem(action.action, o))
    return { at: obligationStateOf(o), policyRefuses: async (_, now) => targetRefusal(sql, o, action, now) }
  const decided = await decidedState(sql, o)
  return {
    at: decided.at,
    policyRefuses: async (actor, now) =>
      policyRefusal(action, decided, { actor, o, now }) ?? (await targetRefusal(sql, o, action, now)),
  }
}
type ForAction = {
  at: ObligationState
  policyRefuses: (actor: Actor, now: Instant) => Promise<Refusal | null>
}

/** Whether whoever is to have it can. */
async function targetRefusal(
  sql: Sql,
  { county, office: performer, holderOffice }: ActedOnRow,
  action: ActionInput,
  now: Instant,
): Promise<Refusal | null> {
  if (action.action === 'assign')
    return assignRefusal(action.person, await colleaguesIn(sql, holderOffice ?? performer, now))
  if (action.action === 'record-contact') return contactRefusalOf(sql, { office: performer }, action, now)
  if (action.action !== 'offer-hand-over') return null
  const office = (await allOffices(sql)).find(({ code }) => code === action.toOffice) ?? null
  const people = office ? await colleaguesIn(sql, office.code, now) : []
  return offerRefusal(office, people.length, { county, performer })
}

export async function decidedState(sql: Sql, o: ActedOnRow): Promise<Decided> {
  const [postponements, policy, calendar, offer, lastStep] = await Promise.all([
    postponementsOf(sql, o.id),
    currentPolicy(sql, o.county),
    readCalendar(sql, o.office),
    pendingOffer(sql, o.id),
    lastStepOf(sql, o),
  ])
  const paused = openPauseOf(postponements)
  const pending = pendingOf(postponements)
  const deciding = {
    approvers: approversOf(o, { postponements, policy, calendar }),
    request: pending && { askedBy: pending.askedBy },
    ...{ offer, lastStep },
    refusedAfterWait: await isRefusedAfterWait(sql, o.id, postponements),
    paused: paused && { state: paused.state, stage: paused.stage },
  }
  return { at: obligationStateOf(o, deciding), postponements, policy, calendar }
}

/** Whoever was asked answers; whoever could approve a pause ends it. */
function approversOf(o: ActedOnRow, { postponements, policy, calendar }: Omit<Decided, 'at'>): Approvers {
  const { level, reviewer, county, holderOffice, stage } = o
  const pending = pendingOf(postponements)
  const offices = { reviewer, county }
  const pauses = hadPauses(postponements, calendar)
  const suspension = nextApprover(
    suspensionRulesOf(policy),
    { level, had: stage === 'pause' ? { times: 0, workingDays: 0 } : pauses },
    offices,
    { what: '暂停', days: 1 },
  )
  return {
    suspension:
      stage === 'pause' && holderOffice !== null ? { ...suspension, office: holderOffice } : suspension,
    extension: pending
      ? { roles: pending.roles, office: pending.office, why: null }
      : extensionApprover(o, 1, { postponements, policy }),
  }
}

/** Who is to answer a request for so many working days. */
export function extensionApprover(
  { level, reviewer, county }: Pick<ActedOnRow, 'level' | 'reviewer' | 'county'>,
  days: number,
  { postponements, policy }: Pick<Decided, 'postponements' | 'policy'>,
) {
  const had = hadExtensions(postponements)
  return nextApprover(extensionRulesOf(policy), { level, had }, { reviewer, county }, { what: '延期', days })
}

/** What the policy refuses of an action that the state allows. */
function policyRefusal(
  action: ActionInput,
  { postponements, policy, calendar }: Decided,
  { actor, o, now }: { actor: Actor; o: ActedOnRow; now: Instant },
): Refusal | null {
  if (action.action === 'suspend') {
    const rules = suspensionRulesOf(policy)
    const mayBeyond = actor.usableRoles.some(
      ({ role, root }) => rules.beyond.some((r) => r === role) && isUnder(o.office, root),
    )
    const had = hadPauses(postponements, calendar)
    return suspensionRefusal({ until: action.until, today: dayOf(now), had, mayBeyond }, rules, calendar)
  }
  const pending = pendingOf(postponements)
  if (action.action === 'grant-extension' && pending)
    return grantRefusal(action.grantedDays, pending.workingDays)
  return null
}
