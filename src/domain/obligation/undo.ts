import type { Instant } from '../time/days.ts'
import type { ActionCode } from './actions.ts'
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

/** How long whoever did something may take it back. */
export const UNDO_MINUTES = 10

export function isTooLate({ at }: Pick<LastStep, 'at'>, now: Instant): boolean {
  return now - at > UNDO_MINUTES * 60_000
}
