import type { Instant } from '../time/days.ts'
import { isOver } from './clock-status.ts'
import { codesOf, type Kind, OUTCOME_LABELS, type Outcome, type State, type Stage } from './vocabulary.ts'

export type ObligationState = {
  kind: Kind
  state: State
  holder: { stage: Stage; office: string; dueAt: Instant } | null
  acknowledgedAt: Instant | null
  /** Taken back with its import: the file may have come again under the same number. */
  withdrawn: boolean
  performer: string
  reviewer: string
}

export type SubmitResult = { outcome?: Outcome; note?: string; [field: string]: unknown }
export type ActionInput =
  | { action: 'acknowledge' }
  | { action: 'submit'; result: SubmitResult }
  | { action: 'accept'; note?: string }
  | { action: 'return'; reason: string }
  | { action: 'cancel'; reason: string }
  | { action: 'reopen'; reason: string }

/** What follows: the new state, whether the open turn ends and was late, and which one begins. */
export type Applied = {
  state: State
  endTurn: boolean
  late: boolean
  startTurn: Stage | null
  acknowledged: boolean
}
/** `message` says in Chinese what to do. */
export type Refusal = { refused: string; message: string }

/**
 * The life of an obligation: open → submitted → accepted, or submitted → returned → submitted …; cancelled; reopened.
 * Time never refuses an action: a late submission is late, not impossible.
 */
export function applyAction(at: ObligationState, input: ActionInput, now: Instant): Applied | Refusal {
  switch (input.action) {
    case 'acknowledge':
      return acknowledge(at)
    case 'submit':
      return submit(at, input.result, now)
    case 'accept':
      return at.state === 'submitted'
        ? moved(at, 'accepted', null, now)
        : notNow(at.state, '只有待复核的事项才能通过复核')
    case 'return':
      return withReason(input.reason, () =>
        at.state === 'submitted'
          ? moved(at, 'returned', 'redo', now)
          : notNow(at.state, '只有待复核的事项才能退回'),
      )
    case 'cancel':
      return withReason(input.reason, () =>
        isClosed(at.state) ? notNow(at.state, '事项已经结束,不能再撤销') : moved(at, 'cancelled', null, now),
      )
    case 'reopen':
      return withReason(input.reason, () => reopen(at, now))
  }
}

function reopen(at: ObligationState, now: Instant): Applied | Refusal {
  if (!isClosed(at.state)) return notNow(at.state, '事项还在办理,不需要重启')
  if (at.withdrawn)
    return { refused: 'withdrawn', message: '此事项已随导入撤回,不能重启;确需办理的,请重新导入。' }
  return moved(at, 'returned', 'redo', now)
}

function acknowledge(at: ObligationState): Applied | Refusal {
  if (!isPerforming(at.state)) return notNow(at.state, '只有待办的事项才需要签收')
  if (at.acknowledgedAt !== null)
    return { refused: 'already-acknowledged', message: '已经签收过,不必重复签收。' }
  return { state: at.state, endTurn: false, late: false, startTurn: null, acknowledged: true }
}

function submit(at: ObligationState, result: SubmitResult, now: Instant): Applied | Refusal {
  if (!isPerforming(at.state)) return notNow(at.state, '只有待办或被退回的事项才能提交')
  if (at.kind === 'warning' && !codesOf(OUTCOME_LABELS).includes(result.outcome as Outcome))
    return { refused: 'outcome-required', message: '预警核查必须写明核查结论,请选择一个结论再提交。' }
  return moved(at, 'submitted', 'review', now)
}

function moved({ holder }: ObligationState, state: State, startTurn: Stage | null, now: Instant): Applied {
  const late = holder !== null && isOver(holder, now)
  return { state, endTurn: holder !== null, late, startTurn, acknowledged: false }
}

function withReason(reason: string, then: () => Applied | Refusal): Applied | Refusal {
  return reason.trim() === '' ? { refused: 'reason-required', message: '请写明原因。' } : then()
}

function isPerforming(state: State): boolean {
  return state === 'open' || state === 'returned'
}

function isClosed(state: State): boolean {
  return state === 'accepted' || state === 'cancelled'
}

function notNow(state: State, message: string): Refusal {
  return { refused: `not-while-${state}`, message: `${message}。` }
}
