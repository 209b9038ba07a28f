import type { Day, Instant } from '../domain/days.ts'
import type { Cause, Group, Kind, Level, Phase, Source, State, Turn } from '../domain/words.ts'
import { row, type Sql, ts } from './pool.ts'
import { everLate, overdue } from './two-clocks.ts'
import { type UnreadRow, unreadRows } from './unread-rows.ts'

export type ObligationRow = {
  id: string
  externalId: string | null
  kind: Kind
  title: string
  state: State
  campaignId: string | null
  phase: Phase | null
  officeCode: string
  level: Level | null
  cause: Cause | null
  group: Group | null
  source: Source | null
  issuedAt: Instant
  dueAt: Instant
  dueOn: Day
  provisional: boolean
  everLate: boolean
  turn: Turn | null
  holderCode: string | null
  personId: string | null
  holderDueAt: Instant | null
  holderDueOn: Day | null
  acknowledgedAt: Instant | null
  result: { outcome?: string } | null
  version: number
  /** The household behind it; see sealing.ts. */
  sealed: Buffer | null
  keyId: string | null
}

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
}
export type Sort = 'dueAt' | '-dueAt' | 'issuedAt' | '-issuedAt'
/** Where the last page ended. */
export type After = { at: Instant; id: string }

// The turns of a matter are read once: the open one, and whether the performer was ever late; as an "exists" the planner would
// read every turn there is for a page of 50. Names stand in the directory, which hardly changes (src/api/known.ts): joined,
// they took a third of the time. $1 is now.
const SELECT = `select o.id, o.external_id as "externalId", o.kind, o.title, o.state, o.campaign as "campaignId", o.phase,
    o.office as "officeCode", o.level, o.cause, o.key_group as "group", o.source,
    o.issued_at as "issuedAt", o.due_at as "dueAt", o.due_on as "dueOn", o.provisional, o.acknowledged_at as "acknowledgedAt",
    o.result, o.version, s.sealed, s.key_id as "keyId", a.turn, a.office as "holderCode", a.person as "personId",
    a.due_at as "holderDueAt", a.due_on as "holderDueOn", coalesce(a.ever_late, false) as "everLate"
  from obligations o
  left join lateral (
    select bool_or(${everLate('l', '$1')}) as ever_late, max(l.turn) filter (where l.ended_at is null) as turn,
        max(l.office) filter (where l.ended_at is null) as office, max(l.person) filter (where l.ended_at is null) as person,
        max(l.due_at) filter (where l.ended_at is null) as due_at, max(l.due_on) filter (where l.ended_at is null) as due_on,
        null::timestamptz as ended_at
      from assignments l where l.obligation = o.id) a on true
  left join subjects s on s.obligation = o.id`

const OVERDUE = `select l.obligation from assignments l where ${overdue('l', '$1')}`

const EQUALS: [keyof ObligationSearch, string][] = [
  ['kind', 'o.kind'],
  ['state', 'o.state'],
  ['level', 'o.level'],
  ['cause', 'o.cause'],
  ['group', 'o.key_group'],
  ['source', 'o.source'],
  ['campaign', 'o.campaign'],
  ['phase', 'o.phase'],
  ['externalId', 'o.external_id'],
]

/** So many different texts are prepared on each connection; what is asked more rarely is planned each time. */
const MOST_PREPARED = 32
const prepared = new Set<string>()

/**
 * One page. Sorted by the column and the id, so that a page never repeats or skips a row that did not move. It asks before it
 * waits for anything.
 * @param scope whose: what row-level security would leave of a whole county or of all offices
 */
export function unreadObligations(
  sql: Sql,
  search: ObligationSearch,
  page: { sort: Sort; after: After | null; limit: number; now: Instant },
  scope: Scope,
): Promise<UnreadRow<ObligationRow>[]> {
  const where = conditionsOf(search, [ts(page.now)])
  const place = within(scope, search.office)
  if (place) where.add(...place)
  const column = page.sort.endsWith('issuedAt') ? 'o.issued_at' : 'o.due_at'
  const [direction, beyond] = page.sort.startsWith('-') ? ['desc', '<'] : ['asc', '>']
  if (page.after) where.add(`(${column}, o.id) ${beyond} (?, ?)`, ts(page.after.at), page.after.id)
  where.values.push(page.limit)
  const text = `${SELECT} ${where.text()} order by ${column} ${direction}, o.id ${direction} limit $${where.values.length}`
  if (prepared.size < MOST_PREPARED) prepared.add(text)
  return unreadRows(sql, text, where.values, prepared.has(text))
}

/** The same, read. */
export async function searchObligations(
  ...asked: Parameters<typeof unreadObligations>
): Promise<ObligationRow[]> {
  return (await unreadObligations(...asked)).map((found) => found.read())
}

export function obligationById(sql: Sql, id: string, now: Instant): Promise<ObligationRow | undefined> {
  return row(sql, `${SELECT} where o.id = $2`, [ts(now), id])
}

/** The offices somebody may read of, and the counties these lie in. */
export type Scope = { offices: readonly string[]; counties: readonly string[] }

/**
 * An office and everything below it, as the plainest condition that says so: one county or one office reads its page off
 * `obligations_by_due` or `obligations_by_office_due`; a range or an "or" would sort the whole ledger first.
 */
function within({ offices, counties }: Scope, office: string | undefined): [string, unknown] | null {
  if (office === undefined) return counties.length === 1 ? ['o.county = ?', counties[0]] : null
  if (counties.includes(office)) return ['o.county = ?', office]
  const below = offices.filter((code) => code === office || code.startsWith(`${office}.`))
  return below.length === 1 ? ['o.office = ?', below[0]] : ['o.office = any(?)', below]
}

/** Collects conditions; `?` becomes the number of its parameter. */
function conditionsOf(search: ObligationSearch, values: unknown[]) {
  const conditions: string[] = []
  const add = (condition: string, ...given: unknown[]) => {
    for (const value of given) values.push(value)
    let next = values.length - given.length
    conditions.push(condition.replace(/\?/g, () => `$${++next}`))
  }
  for (const [field, column] of EQUALS) if (search[field] !== undefined) add(`${column} = ?`, search[field])
  if (search.dueFrom) add('o.due_on >= ?', search.dueFrom)
  if (search.dueTo) add('o.due_on <= ?', search.dueTo)
  if (search.q) add(`(o.external_id ilike ? or o.title ilike ?)`, like(search.q), like(search.q))
  if (search.overdue === true) add(`o.id in (${OVERDUE})`)
  if (search.overdue === false) add(`${overdue('a', '$1')} is not true`)
  return { values, add, text: () => (conditions.length > 0 ? `where ${conditions.join(' and ')}` : '') }
}

function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
