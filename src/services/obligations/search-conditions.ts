import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import type { WorkQueue } from '../../domain/obligation/vocabulary.ts'
import { ts } from '../../db/pool.ts'
import { dueToday, overdue, performing } from './turn-clocks.ts'

/** What a list of matters can be asked for; all of it holds at once. */
export type ObligationSearch = {
  kind?: string | undefined
  state?: string | undefined
  office?: string | undefined
  level?: string | undefined
  cause?: string | undefined
  group?: string | undefined
  source?: string | undefined
  campaign?: string | undefined
  phase?: string | undefined
  dueFrom?: Day | undefined
  dueTo?: Day | undefined
  externalId?: string | undefined
  q?: string | undefined
  overdue?: boolean | undefined
  standing?: WorkQueue | undefined
  /** Of the office itself, not of those below it. */
  officeOnly?: boolean | undefined
}
const EQUALS: [keyof ObligationSearch, string][] = [
  ['kind', 'o.kind'],
  ['state', 'o.state'],
  ['cause', 'o.cause'],
  ['group', 'o.key_group'],
  ['source', 'o.source'],
  ['campaign', 'o.campaign'],
  ['phase', 'o.phase'],
  ['externalId', 'o.external_id'],
]

/** The offices somebody may read of, the counties these lie in, and the offices whose turn is theirs to take. */
export type Scope = {
  offices: readonly string[]
  counties: readonly string[]
  held?: readonly string[] | undefined
}

/**
 * An office and everything below it, as the plainest condition that says so: one county or one office reads its page off
 * `obligations_by_due` or `obligations_by_office_due`; a range or an "or" would sort the whole ledger first.
 */
export function within(
  { offices, counties }: Scope,
  { office, officeOnly }: ObligationSearch,
): [string, unknown] | null {
  if (office !== undefined && officeOnly) return ['o.office = ?', office]
  if (office === undefined) return counties.length === 1 ? ['o.county = ?', counties[0]] : null
  if (counties.includes(office)) return ['o.county = ?', office]
  const below = offices.filter((code) => code === office || code.startsWith(`${office}.`))
  return below.length === 1 ? ['o.office = ?', below[0]] : ['o.office = any(?)', below]
}

/** Collects conditions on `obligations o`; `?` becomes the number of its parameter, `$1` is now. */
export function conditionsOf(search: ObligationSearch, now: Instant, held: readonly string[] = []) {
  const values: unknown[] = [ts(now)]
  const conditions: string[] = []
  const add = (condition: string, ...given: unknown[]) => {
    for (const value of given) values.push(value)
    let next = values.length - given.length
    conditions.push(condition.replace(/\?/g, () => `$${++next}`))
  }
  for (const [field, column] of EQUALS) if (search[field] !== undefined) add(`${column} = ?`, search[field])
  if (search.level === 'none') add('o.level is null')
  else if (search.level !== undefined) add('o.level = ?', search.level)
  if (search.dueFrom) add('o.due_on >= ?', search.dueFrom)
  if (search.dueTo) add('o.due_on <= ?', search.dueTo)
  if (search.q) add(`(o.external_id ilike ? or o.title ilike ?)`, like(search.q), like(search.q))
  if (search.standing) add(...standingCondition(search.standing, { now, held }))
  if (search.overdue === true) add(openTurn(overdue('l', '$1')))
  if (search.overdue === false) add(`${overdue('a', '$1')} is not true`)
  return { values, add, text: () => (conditions.length > 0 ? `where ${conditions.join(' and ')}` : '') }
}

function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

const openTurn = (condition: string) =>
  `o.id in (select l.obligation from assignments l where l.ended_at is null and ${condition})`

/**
 * Where a matter stands, as a condition on `obligations o` and on the turns `a` a list reads beside it; `$1` is now, `?` what
 * is given with it.
 * @param held the offices whose turn is meant by "held"
 */
function standingCondition(
  standing: WorkQueue,
  { now, held }: { now: Instant; held: readonly string[] },
): [condition: string, ...given: unknown[]] {
  switch (standing) {
    case 'pressing':
      return [openTurn(`(l.office = any(?) or ${overdue('l', '$1')})`), held]
    case 'held':
      return [openTurn('l.office = any(?)'), held]
    case 'unfinished':
      return [`o.state not in ('accepted', 'cancelled')`]
    case 'to-perform':
      return [openTurn(performing('l'))]
    case 'overdue':
      return [openTurn(overdue('l', '$1'))]
    case 'due-today':
      return [openTurn(dueToday('l', '?')), dayOf(now)]
    case 'in-review':
      return [`o.state = 'submitted'`]
    case 'done':
      return [`o.state = 'accepted'`]
    case 'done-late':
      return [`o.state = 'accepted' and a.ever_late`]
  }
}
