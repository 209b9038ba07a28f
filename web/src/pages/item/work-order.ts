import type { PossibleAction } from './use-actions.ts'

type Named = Pick<PossibleAction, 'action'>

/** An item that nobody has signed for waits for that, then for what is handed in; what was just done is taken back last. */
const RANKS: Readonly<Record<string, number>> = { acknowledge: 0, submit: 1, undo: 3 }
const rankOf = ({ action }: Named) => RANKS[action] ?? 2

/** What may be done with an item, in the order it is offered. */
export function inTurn<T extends Named>(work: readonly T[]): T[] {
  return [...work].sort((a, b) => rankOf(a) - rankOf(b))
}

/** How many of them a telephone shows without being asked: signing has handing in beside it. */
export function shownFirst([first, second]: readonly Named[]): number {
  return first?.action === 'acknowledge' && second?.action === 'submit' ? 2 : 1
}

/** Done at once, without a form: nothing is filled in, it is done in nobody else's name, and it can be taken back. */
export function needsOneTap({
  action,
  fields,
  onBehalfOf,
}: Pick<PossibleAction, 'action' | 'fields' | 'onBehalfOf'>): boolean {
  return action === 'acknowledge' && fields.length === 0 && !onBehalfOf
}
