import { ACTIONS, actionRule } from './actions.ts'
import type { State } from './vocabulary.ts'

/** The version of an obligation that nobody has acted on. */
export const UNTOUCHED_VERSION = 1

/**
 * May it be taken back with its import? Where it may be cancelled, and nobody has acted on it; from then on what somebody
 * did would vanish.
 */
export function isWithdrawable({
  state,
  version,
  acknowledged,
}: {
  state: State
  version: number
  acknowledged: boolean
}): boolean {
  return !acknowledged && version === UNTOUCHED_VERSION && actionRule('cancel').from.includes(state)
}

/** A withdrawal is the action `cancel`, done to many at once. */
export const WITHDRAWAL = { action: 'cancel', state: ACTIONS.cancel.to, from: ACTIONS.cancel.from } as const
