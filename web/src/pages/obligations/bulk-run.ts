import type { operations } from '../../../generated/api.d.ts'
import { MOST_AT_ONCE } from '../../../../src/domain/obligation/bulk-run.ts'
import { Problem } from '../../api/problem.ts'
import type { ListQuery } from './asked.ts'

export type BulkBody = operations['actOnObligations']['requestBody']['content']['application/json']
export type BulkAnswer = operations['actOnObligations']['responses'][200]['content']['application/json']
export type BulkRun = NonNullable<BulkAnswer['run']>
/** What is chosen: some rows, or all that the list would show, of which somebody saw so many. */
export type Chosen = { ids: readonly string[] } | { query: ListQuery; count: number }

export function countOf(chosen: Chosen): number {
  return 'ids' in chosen ? chosen.ids.length : chosen.count
}

/** Whether all that the filters select may be acted on at once. */
export function fitsOneRun(count: number | undefined): count is number {
  return count !== undefined && count <= MOST_AT_ONCE
}

/** The newest run of somebody, while it is worked on or can be taken back: whoever comes back to the page sees it again. */
export function runToShow([newest]: readonly BulkRun[]): BulkRun | null {
  return newest && (isAtWork(newest) || newest.undoUntil !== null) ? newest : null
}

/** What was done, at the version it has since. */
export function doneIn(
  items: readonly { id: string; done: boolean; version?: number | undefined; message?: string | undefined }[],
): { id: string; version: number }[] {
  return items.flatMap(({ id, done, version }) => (done && version !== undefined ? [{ id, version }] : []))
}

const FLAGS = ['overdue', 'mine', 'officeOnly']

/** What is chosen as the API takes it: an address has texts where a body has yes and no, and an order that selects nothing. */
export function choiceOf(chosen: Chosen): Pick<BulkBody, 'ids' | 'filter' | 'expectedCount'> {
  if ('ids' in chosen) return { ids: [...chosen.ids] }
  const { sort: _sort, cursor: _cursor, limit: _limit, ...asked } = chosen.query
  const filter = Object.fromEntries(
    Object.entries(asked).map(([name, value]) => [name, FLAGS.includes(name) ? value === 'true' : value]),
  )
  return { filter: filter as BulkBody['filter'], expectedCount: chosen.count } as ReturnType<typeof choiceOf>
}

/** Whether a run is still being worked on. */
export function isAtWork({ state }: Pick<BulkRun, 'state'>): boolean {
  return state === 'running' || state === 'undoing'
}

/** So many of a run have their answer. */
export function settledOf({ state, total, left, undone, kept, done }: BulkRun): { sent: number; of: number } {
  if (state === 'undoing') return { sent: undone + kept, of: undone + kept + done }
  return { sent: total - left, of: total }
}

/**
 * Follows a run until nobody works on it any more. A lost answer is asked for again; whoever is signed out, or may not see it
 * any more, is told so.
 * @param isLeft whether the page is gone
 */
export async function followRun(run: BulkRun, { ask, tell, pause, isLeft }: Following): Promise<BulkRun> {
  let now = run
  tell(now)
  while (isAtWork(now) && !isLeft()) {
    await pause()
    now = (await ask(now.id).catch(unlessFinal)) ?? now
    tell(now)
  }
  return now
}
/** Answers to a question that has no other one: signed out, not theirs, not there. */
const FINAL: readonly number[] = [401, 403, 404]

/** @throws the error, where asking again does not help */
export function unlessFinal(error: unknown): null {
  if (error instanceof Problem && FINAL.includes(error.status)) throw error
  return null
}
type Following = {
  ask: (id: string) => Promise<BulkRun>
  tell: (run: BulkRun) => void
  pause: () => Promise<void>
  isLeft: () => boolean
}
