import { PERFORMING_STAGES } from '../../domain/obligation/turn-clocks.ts'

/**
 * The rules of src/domain/obligation/turn-clocks.ts as conditions on a row of `obligations` known under an alias, which
 * carries its open assignment; a test holds the two against each other. `now` and `today` are placeholders of a statement,
 * never values.
 */
export const PERFORMING = PERFORMING_STAGES.map((stage) => `'${stage}'`).join(',')

/** Held by whoever owes the obligation, not by whoever reviews it. */
export function performing(obligation: string): string {
  return `${obligation}.stage in (${PERFORMING})`
}

export function inReview(obligation: string): string {
  return `${obligation}.stage = 'review'`
}

/** The performer holds it, and the time is over. */
export function overdue(obligation: string, now: string): string {
  return `(${performing(obligation)} and ${obligation}.holder_due_at <= ${now})`
}

/** An assignment of the performer ended, or is still open, when its time was over. */
export function everLate(obligation: string, now: string): string {
  return `(${obligation}.ended_late or ${overdue(obligation, now)} is true)`
}

/** By when what came back was to be done again, the last time; null of what never came back. */
export function redoDueOn(obligation: string): string {
  return `(select a.due_on from assignments a where a.obligation = ${obligation}.id and a.stage = 'redo'
    order by a.started_at desc limit 1)`
}

/** The performer holds it, and its day lies between two days, both included. */
export function dueBetween(obligation: string, from: string, to: string): string {
  return `(${performing(obligation)} and ${obligation}.holder_due_on between ${from} and ${to})`
}

/** The performer holds it, and today is the day. */
export function dueToday(obligation: string, today: string): string {
  return `(${performing(obligation)} and ${obligation}.holder_due_on = ${today})`
}

/** Accepted without ever having been assigned; such work was closed as it was registered, which spares most rows a look-up. */
export function doneUnheld(obligation: string): string {
  return `(${obligation}.state = 'accepted' and ${obligation}.closed_at = ${obligation}.created_at
    and not exists (select from assignments a where a.obligation = ${obligation}.id))`
}
