import type { Day, Instant } from '../time/days.ts'
import {
  ACTION_FIELDS,
  type ActionCode,
  type ActionField,
  actionRule,
  type ActionFact,
  type ActionRule,
  type ACTIONS,
} from './actions.ts'
import { isOver } from './clock-status.ts'
import type { ApproverRole } from '../escalation/policy.ts'
import { type LastStep, undoableUntil } from './undo.ts'
import type { ContactMeans, SuspensionReason } from './request-words.ts'
import type { Outcome, Stage, State } from './vocabulary.ts'

/** The roles that decide, and the office whose people they are; `why` they decide, where others usually do. */
export type Approver = { roles: readonly ApproverRole[]; office: string; why: string | null }
export type Approvers = { suspension: Approver; extension: Approver }

export type Offer = { to: string; offeredBy: string }

export type ObligationState = {
  state: State
  holder: { stage: Stage; office: string; dueAt: Instant; person?: string | null } | null
  acknowledgedAt: Instant | null
  /** Taken back with its import: the file may have come again under the same number. */
  withdrawn: boolean
  /** Its kind lets a leader close it unfinished. */
  waivable: boolean
  performer: string
  reviewer: string
  /** Who handed in what is under review. */
  submittedBy: string | null
  approvers: Approvers
  /** A request for more time that nobody has answered. */
  request: { askedBy: string } | null
  /** An offer to another office that nobody has answered. */
  offer?: Offer | null
  /** What somebody did last, and may take back. */
  lastStep?: LastStep | null
  /** The last answer to the performer's requests refused one, after a wait that was added to the limit. */
  refusedAfterWait?: boolean
  /** What is paused, while it is suspended. */
  paused: { state: State; stage: Stage } | null
}

export type SubmitResult = { outcome?: Outcome; note?: string; [field: string]: unknown }
type RequiredFields = {
  reason: string
  result: SubmitResult
  reasonCode: SuspensionReason
  until: Day
  days: number
  toOffice: string
  person: string
  means: ContactMeans
  contacted: string
  contactedOn: Day
  said: string
}
type OptionalFields = { note: string; grantedDays: number; promisedOn: Day }
type FieldsOf<C extends ActionCode> = (typeof ACTIONS)[C]['fields'][number]
/** An action with the fields that its row of the table names. */
export type ActionInput = {
  [C in ActionCode]: { action: C } & { [F in FieldsOf<C> & keyof RequiredFields]: RequiredFields[F] } & {
    [F in FieldsOf<C> & keyof OptionalFields]?: OptionalFields[F]
  }
}[ActionCode]

/** What follows: the new state, whether the open turn ends and was late, and which one begins. */
export type Applied = {
  state: State
  endsAssignment: boolean
  late: boolean
  startsStage: Stage | null
  acknowledged: boolean
}
/** `message` says in Chinese what to do; `field` names what was written wrongly, where it is that. */
export type Refusal = { refused: string; message: string; field?: string }
/** What a kind asks of a result that is handed in. */
export type ResultCheck = (result: SubmitResult) => Refusal | null

/**
 * The life of an obligation: open → submitted → accepted, or submitted → returned → submitted …; cancelled; reopened.
 * Its rules are the rows of ACTIONS. Time refuses nothing but a request for more time: a late submission is late, not
 * impossible.
 */
export function applyAction(
  at: ObligationState,
  input: ActionInput,
  now: Instant,
  checkResult: ResultCheck,
): Applied | Refusal {
  return (
    missingField(input) ??
    refusalInState(at, input.action, now) ??
    ('result' in input ? checkResult(input.result) : null) ??
    effectOf(input.action, at, now)
  )
}

/** Why the action is impossible as the obligation stands, whoever asks and whatever they write; null where it is possible. */
export function refusalInState(at: ObligationState, action: ActionCode, now: Instant): Refusal | null {
  const { from, otherwise, unless } = actionRule(action)
  if (!from.includes(at.state)) return { refused: `not-while-${at.state}`, message: otherwise }
  const [refusal] = unless.filter(({ fact }) => FACTS[fact](at, now))
  return refusal ? { refused: refusal.refused, message: refusal.message } : null
}

const FACTS: Record<ActionFact, (at: ObligationState, now: Instant) => boolean> = {
  acknowledged: (at) => at.acknowledgedAt !== null,
  withdrawn: (at) => at.withdrawn,
  unwaivable: (at) => !at.waivable,
  requested: (at) => at.request !== null,
  unrequested: (at) => at.request === null,
  'refused-after-wait': (at) => at.refusedAfterWait === true,
  offered: (at) => (at.offer ?? null) !== null,
  unoffered: (at) => (at.offer ?? null) === null,
  unassigned: (at) => (at.holder?.person ?? null) === null,
  'nothing-done': (at) => (at.lastStep ?? null) === null,
  'long-done': ({ lastStep }, now) => !!lastStep && undoableUntil(lastStep.at) < now,
  followed: ({ lastStep }) => lastStep?.isFollowed === true,
  expired: (at, now) => at.holder !== null && isOver(at.holder, now),
}

/** What a possible action does. */
export function effectOf(action: ActionCode, at: ObligationState, now: Instant): Applied {
  const { to, endsAssignment, begins, acknowledges } = actionRule(action)
  const ended = endsAssignment ? at.holder : null
  return {
    state: leadsTo(to, at) ?? at.state,
    endsAssignment: ended !== null,
    late: ended !== null && ended.stage !== 'pause' && isOver(ended, now),
    startsStage: begins === 'before' ? (at.paused?.stage ?? null) : begins,
    acknowledged: acknowledges,
  }
}

/** The state that an action leads to; null where it stays, or nothing says which. */
export function leadsTo(to: ActionRule['to'], at: ObligationState): State | null {
  if (to === 'before') return at.paused?.state ?? null
  return to === 'earlier' ? (at.lastStep?.state ?? null) : to
}

function missingField(input: ActionInput): Refusal | null {
  const given: { action: ActionCode } & Partial<Record<ActionField, unknown>> = input
  for (const field of actionRule(given.action).fields) {
    const { missing } = ACTION_FIELDS[field]
    if (missing && isBlank(given[field])) return { ...missing, field }
  }
  return null
}

function isBlank(value: unknown): boolean {
  if (typeof value === 'number') return false
  return typeof value !== 'string' || value.trim() === ''
}
