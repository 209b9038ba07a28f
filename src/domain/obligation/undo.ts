import type { Instant } from '../time/days.ts'
import type { ActionCode } from './actions.ts'
import { UNDO_MINUTES } from './undo-minutes.ts'
import type { State } from './vocabulary.ts'

/** The last thing somebody did to an obligation, as far as it can be taken back. */
export type LastStep = {
  action: ActionCode
  by: string
  at: Instant
  /** The state it goes back to. */
  state: State
  /** Somebody, or a file, changed it or what began with it since. */
  isFollowed: boolean
}

/** The last instant at which a step can still be taken back. */
export function undoableUntil(at: Instant): Instant {
  return at + UNDO_MINUTES * 60_000
}
