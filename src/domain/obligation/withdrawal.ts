import { ACTIONS, actionRule } from './actions.ts'
import type { State } from './vocabulary.ts'

/**
 * May it be taken back with its import? Where it may be cancelled, and nobody has acted on it; from then on what somebody
 * did would vanish. A correction by a file is nobody's act.
 */
export function isWithdrawable({ state, acted }: { state: State; acted: boolean }): boolean {
  return !acted && actionRule('cancel').from.includes(state)
}

/** A withdrawal is the action `cancel`, done to many at once. */
export const WITHDRAWAL = { action: 'cancel', state: ACTIONS.cancel.to, from: ACTIONS.cancel.from } as const
