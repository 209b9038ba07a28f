import type { Day, Instant } from '../../domain/time/days.ts'
import type {
  Cause,
  Group,
  Kind,
  Level,
  Phase,
  Source,
  State,
  Stage,
} from '../../domain/obligation/vocabulary.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import { conditionsOf, type ObligationSearch, type Scope, within } from './search-conditions.ts'
import { everLate } from './turn-clocks.ts'
import { type UnreadRow, unreadRows } from '../../db/raw-rows.ts'

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
  stage: Stage | null
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

export type { ObligationSearch, Scope } from './search-conditions.ts'
type SortedBy = 'dueAt' | 'holderDueAt' | 'issuedAt'
/** `holderDueAt`, by the due instant of whoever has the turn: for what few turns select, since no index is sorted so. */
export type Sort = SortedBy | `-${'dueAt' | 'issuedAt'}`
/** Where the last page ended. */
export type After = { at: Instant; id: string }

// The turns of a matter are read once: the open one, and whether the performer was ever late; as an "exists" the planner would
// read every turn there is for a page of 50. Names stand in the directory, which hardly changes (src/api/obligations/reference-data.ts): joined,
// they took a third of the time. $1 is now.
const SELECT = `select o.id, o.external_id as "externalId", o.kind, o.title, o.state, o.campaign as "campaignId", o.phase,
    o.office as "officeCode", o.level, o.cause, o.key_group as "group", o.source,
    o.issued_at as "issuedAt", o.due_at as "dueAt", o.due_on as "dueOn", o.provisional, o.acknowledged_at as "acknowledgedAt",
    o.result, o.version, s.sealed, s.key_id as "keyId", a.stage, a.office as "holderCode", a.person as "personId",
    a.due_at as "holderDueAt", a.due_on as "holderDueOn", coalesce(a.ever_late, false) as "everLate"
  from obligations o
  left join lateral (
    select bool_or(${everLate('l', '$1')}) as ever_late, max(l.stage) filter (where l.ended_at is null) as stage,
        max(l.office) filter (where l.ended_at is null) as office, max(l.person) filter (where l.ended_at is null) as person,
        max(l.due_at) filter (where l.ended_at is null) as due_at, max(l.due_on) filter (where l.ended_at is null) as due_on,
        null::timestamptz as ended_at
      from assignments l where l.obligation = o.id) a on true
  left join subjects s on s.obligation = o.id`

const COLUMNS: Record<SortedBy, string> = {
  dueAt: 'o.due_at',
  holderDueAt: 'coalesce(a.due_at, o.due_at)',
  issuedAt: 'o.issued_at',
}

/** The value a page sorted so goes on from. */
export function sortedAt(
  row: Pick<ObligationRow, 'issuedAt' | 'dueAt' | 'holderDueAt'>,
  sort: Sort,
): Instant {
  if (sort.endsWith('issuedAt')) return row.issuedAt
  return sort.endsWith('holderDueAt') ? (row.holderDueAt ?? row.dueAt) : row.dueAt
}

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
  const where = conditionsOf(search, page.now, scope.held)
  const place = within(scope, search)
  if (place) where.add(...place)
  const column = COLUMNS[page.sort.replace('-', '') as SortedBy]
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
