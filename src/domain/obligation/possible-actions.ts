import type { Actor } from '../people/permissions.ts'
import type { Instant } from '../time/days.ts'
import { refusalFor } from './action-rights.ts'
import { type ActionCode, ACTIONS } from './actions.ts'
import { effectOf, type ObligationState, type Refusal, refusalInState } from './lifecycle.ts'
import { codesOf } from './vocabulary.ts'

/** `late`: the assignment it would end is late by now. */
export type PossibleAction = { action: ActionCode; late: boolean; refusal: Refusal | null }

/** Every action, and why this actor may not do it now to this obligation; null where they may. */
export function possibleActions(actor: Actor, obligation: ObligationState, now: Instant): PossibleAction[] {
  return codesOf(ACTIONS).map((action) => ({
    action,
    late: effectOf(action, obligation, now).late,
    refusal: refusalFor(actor, action, obligation) ?? refusalInState(obligation, action, now),
  }))
}
