import { PERFORMING_STAGES } from '../../domain/obligation/turn-clocks.ts'

/**
 * The rules of src/domain/obligation/turn-clocks.ts as conditions on a row of `assignments` known under an alias; a test holds the two
 * against each other. `now` and `today` are placeholders of a statement, never values.
 */
const PERFORMING = PERFORMING_STAGES.map((stage) => `'${stage}'`).join(',')

/** A turn of whoever owes the matter, not of whoever reviews it. */
export function performing(turn: string): string {
  return `${turn}.stage in (${PERFORMING})`
}

/** Open, the performer's, and its time is over. */
export function overdue(turn: string, now: string): string {
  return `(${turn}.ended_at is null and ${performing(turn)} and ${turn}.due_at <= ${now})`
}

/** The performer's, and ended, or still open, when its time was over. */
export function everLate(turn: string, now: string): string {
  return `(${performing(turn)} and coalesce(${turn}.ended_at, ${now}) >= ${turn}.due_at)`
}

/** Open, the performer's, and today is its day. */
export function dueToday(turn: string, today: string): string {
  return `(${turn}.ended_at is null and ${performing(turn)} and ${turn}.due_on = ${today})`
}
