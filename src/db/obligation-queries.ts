import type { Day, Instant } from '../domain/days.ts'
import type { Cause, Group, Kind, Level, Phase, Source, State, Turn } from '../domain/words.ts'
import { row, rows, type Sql, ts } from './pool.ts'
import { everLate, overdue } from './two-clocks.ts'

export type ObligationRow = {
  id: string
  externalId: string | null
  kind: Kind
  title: string
  state: State
  campaignId: string | null
  phase: Phase | null
  officeCode: string
  officeName: string
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
  holderName: string | null
  personId: string | null
  personName: string | null
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

// As an aggregate everLate is asked of each row shown; as an "exists" the planner would read every turn there is for a
// page of 50.
const SELECT = `select o.id, o.external_id as "externalId", o.kind, o.title, o.state, o.campaign as "campaignId", o.phase,
    o.office as "officeCode", f.name as "officeName", o.level, o.cause, o.key_group as "group", o.source,
    o.issued_at as "issuedAt", o.due_at as "dueAt", o.due_on as "dueOn", o.provisional, o.acknowledged_at as "acknowledgedAt",
    o.result, o.version, s.sealed, s.key_id as "keyId", a.turn, a.office as "holderCode", h.name as "holderName", a.person as "personId",
    p.name as "personName", a.due_at as "holderDueAt", a.due_on as "holderDueOn",
    coalesce((select bool_or(${everLate('l', '$1')}) from assignments l where l.obligation = o.id), false) as "everLate"
  from obligations o join offices f on f.code = o.office
  left join assignments a on a.obligation = o.id and a.ended_at is null
  left join offices h on h.code = a.office left join people p on p.id = a.person
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

/** One page. Sorted by the column and the id, so that a page never repeats or skips a row that did not move. */
export async function searchObligations(
  sql: Sql,
  search: ObligationSearch,
  page: { sort: Sort; after: After | null; limit: number; now: Instant },
): Promise<ObligationRow[]> {
  const where = conditionsOf(search, [ts(page.now)])
  const scope = await scopeOf(sql, search.office)
  if (scope) where.add(...scope)
  const column = page.sort.endsWith('issuedAt') ? 'o.issued_at' : 'o.due_at'
  const [direction, beyond] = page.sort.startsWith('-') ? ['desc', '<'] : ['asc', '>']
  if (page.after) where.add(`(${column}, o.id) ${beyond} (?, ?)`, ts(page.after.at), page.after.id)
  const text = `${SELECT} ${where.text()} order by ${column} ${direction}, o.id ${direction} limit ${page.limit}`
  // Not prepared: there are more combinations of filters than a connection should remember.
  return (await sql.query<ObligationRow>({ text, values: where.values })).rows
}

export function obligationById(sql: Sql, id: string, now: Instant): Promise<ObligationRow | undefined> {
  return row(sql, `${SELECT} where o.id = $2`, [ts(now), id])
}

/**
 * An office and everything below it, as the plainest condition that says so: one county or one office reads its page off
 * `obligations_by_due` or `obligations_by_office_due`; a range or an "or" would sort the whole ledger first.
 */
async function scopeOf(sql: Sql, office: string | undefined): Promise<[string, unknown] | null> {
  const counties = (await rows<{ office: string }>(sql, 'select office from counties')).map((c) => c.office)
  if (office === undefined) return counties.length === 1 ? ['o.county = ?', counties[0]] : null
  if (counties.includes(office)) return ['o.county = ?', office]
  const found = await rows<{ code: string }>(sql, 'select code from offices where code = $1 or code ^@ $2', [
    office,
    `${office}.`,
  ])
  return found.length === 1
    ? ['o.office = ?', found[0]?.code]
    : ['o.office = any(?)', found.map((o) => o.code)]
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

export type HistoryRow = {
  office: string
  at: Instant
  actor: string
  actorName: string
  action: string
  state: State
  detail: Record<string, unknown>
  sealedText: Buffer | null
  keyId: string | null
}

export function historyOf(sql: Sql, id: string): Promise<HistoryRow[]> {
  return rows(
    sql,
    `select o.office, e.at, e.actor, coalesce(p.name, k.name, e.actor) as "actorName", e.action, e.state, e.detail,
            e.sealed_text as "sealedText", e.key_id as "keyId"
       from events e join obligations o on o.id = e.obligation
       left join people p on p.id = e.actor left join api_keys k on k.id = e.actor
      where e.obligation = $1 order by e.id`,
    [id],
  )
}

export type TurnRow = {
  turn: Turn
  startOn: Day
  dueOn: Day
  workingDays: number | null
  policy: string
}

/** The turn a receipt explains: the open one, or the first when nothing is open. */
export function turnForReceipt(sql: Sql, id: string): Promise<TurnRow | undefined> {
  return row(
    sql,
    `select a.turn, a.start_on as "startOn", a.due_on as "dueOn", a.working_days as "workingDays",
            duban_policy_of(a.deadline) as policy
       from assignments a where a.obligation = $1
      order by (a.ended_at is null) desc, a.id limit 1`,
    [id],
  )
}
