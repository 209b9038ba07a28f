import { type Ending, outcomesOf } from '../../domain/obligation/outcomes.ts'
import type { ListQueue } from '../../domain/obligation/vocabulary.ts'
import { type Day, endOfDay, instantAt } from '../../domain/time/days.ts'
import { ts } from '../../db/pool.ts'

/** What a list of obligations can be asked for; all of it holds at once. */
export type ObligationSearch = {
  kind?: string | undefined
  state?: string | undefined
  office?: string | undefined
  level?: string | undefined
  cause?: string | undefined
  group?: string | undefined
  source?: string | undefined
  campaign?: string | undefined
  /** The file whose import registered it. */
  import?: string | undefined
  phase?: string | undefined
  dueFrom?: Day | undefined
  dueTo?: Day | undefined
  issuedFrom?: Day | undefined
  issuedTo?: Day | undefined
  /** Accepted on such a day; what is not accepted is left out. */
  acceptedFrom?: Day | undefined
  acceptedTo?: Day | undefined
  outcome?: string | undefined
  ending?: Ending | 'none' | undefined
  /** Whether it was cancelled. */
  cancelled?: boolean | undefined
  externalId?: string | undefined
  q?: string | undefined
  overdue?: boolean | undefined
  standing?: ListQueue | undefined
  /** What a mail has lines about, as far as it is still open or was accepted. */
  mail?: string | undefined
  /** What one number of that mail counted when it was written, whatever has become of it; see `COUNTED_LISTS`. */
  counted?: string | undefined
  /** The stage of the turn that is open. */
  assignment?: string | undefined
  /** Whoever is named as the holder. */
  person?: string | undefined
  /** Nobody is named as the holder, or one of these. */
  namedAmong?: readonly string[] | undefined
  /** Held by an office whose turns are the reader's to take. */
  mine?: boolean | undefined
  /** Of the office itself, not of those below it. */
  officeOnly?: boolean | undefined
}
const EQUALS: [keyof ObligationSearch, string][] = [
  ['kind', 'o.kind'],
  ['state', 'o.state'],
  ['campaign', 'o.campaign'],
  ['phase', 'o.phase'],
  // By the index obligations_by_import.
  ['import', 'o.import_id'],
  ['externalId', 'o.external_id'],
  ['assignment', 'o.stage'],
  ['person', 'o.holder_person'],
]

/** What a warning ended in, as SQL over `obligations o`: what is handed in counts once it was accepted. */
export const OUTCOME = `(case when o.state = 'accepted' then o.result ->> 'outcome' end)`
/** Coded fields that may be asked for as `none`: those of which nothing is known. */
const MAY_BE_NONE: [keyof ObligationSearch, string][] = [
  ['level', 'o.level'],
  ['cause', 'o.cause'],
  ['group', 'o.key_group'],
  ['source', 'o.source'],
  ['outcome', OUTCOME],
]

/** Adds a condition on `obligations o`, `?` for each value. */
type Add = (condition: string, ...given: unknown[]) => void

/** What is asked of single fields: codes, the outcome, days. */
export function addFields(search: ObligationSearch, add: Add): void {
  for (const [field, column] of EQUALS) if (search[field] !== undefined) add(`${column} = ?`, search[field])
  for (const [field, column] of MAY_BE_NONE)
    if (search[field] === 'none') add(`${column} is null`)
    else if (search[field] !== undefined) add(`${column} = ?`, search[field])
  if (search.ending === 'none') add(`${OUTCOME} is null`)
  else if (search.ending !== undefined) add(`${OUTCOME} = any(?)`, outcomesOf(search.ending))
  if (search.namedAmong !== undefined)
    add('(o.holder_person is null or o.holder_person = any(?))', search.namedAmong)
  if (search.cancelled !== undefined) add(`(o.state = 'cancelled') = ?`, search.cancelled)
  addDays(search, add)
}

/** Days are those of Beijing, both ends included. */
function addDays(search: ObligationSearch, add: Add): void {
  const { dueFrom, dueTo, issuedFrom, issuedTo, acceptedFrom, acceptedTo } = search
  if (dueFrom) add('o.due_on >= ?', dueFrom)
  if (dueTo) add('o.due_on <= ?', dueTo)
  if (issuedFrom) add('o.issued_at >= ?', ts(instantAt(issuedFrom, '00:00')))
  if (issuedTo) add('o.issued_at < ?', ts(endOfDay(issuedTo)))
  if (acceptedFrom) add(`(o.state = 'accepted' and o.closed_at >= ?)`, ts(instantAt(acceptedFrom, '00:00')))
  if (acceptedTo) add(`(o.state = 'accepted' and o.closed_at < ?)`, ts(endOfDay(acceptedTo)))
}
