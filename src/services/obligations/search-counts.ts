import { type Inbox, INBOXES } from '../../domain/obligation/inboxes.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import {
  conditionsOf,
  type ObligationSearch,
  officesOfReader,
  placesOf,
  type Scope,
} from './search-conditions.ts'

/** How many obligations a list would show. */
export async function countObligations(
  sql: Sql,
  search: ObligationSearch,
  scope: Scope,
  now: Instant,
): Promise<number> {
  const where = conditionsOf(search, now, scope.held)
  inPlaces(where, search, scope)
  const { rows } = await sql.query<{ n: number }>({
    text: `select count(*) as n from obligations o ${where.text()}`,
    values: where.values,
  })
  return rows[0]?.n ?? 0
}

/** Adds where a list looks. */
export function inPlaces(
  { add }: Pick<ReturnType<typeof conditionsOf>, 'add'>,
  search: ObligationSearch,
  scope: Scope,
): void {
  const places = placesOf(scope, search)
  add(`o.${places.column} = any(?) and $1::timestamptz is not null`, places.codes)
  const own = officesOfReader(scope, places, search)
  if (own) add('o.office = any(?)', own)
}

/** What is offered to somebody lies in no place of theirs. `$2` is whose they are, `$3` the office and all below that is asked for. */
const OFFERED = `select count(*) from hand_overs h where h.state = 'pending' and h.to_office = any($2::text[])
  and ($3::text is null or h.to_office = $3 or h.to_office ^@ ($3 || '.'))`

/** How many obligations each inbox holds, all in one pass over what somebody holds. */
export async function countInboxes(
  sql: Sql,
  scope: Scope,
  now: Instant,
  office: string | undefined,
): Promise<Record<Inbox, number>> {
  const values: unknown[] = [ts(now), scope.held ?? [], office ?? null]
  const counts = codesOf(INBOXES).map((inbox) => {
    if (inbox === 'to-receive') return `(${OFFERED}) as "${inbox}"`
    const { conditions } = conditionsOf(INBOXES[inbox].query, now, scope.held, values)
    return `count(*) filter (where ${conditions.join(' and ')}) as "${inbox}"`
  })
  const places = placesOf(scope, { office })
  const { column, codes } = places
  const held = ['o.stage is not null']
  const add = (condition: string, value: unknown) => held.push(`${condition} = any($${values.push(value)})`)
  add(`o.${column}`, codes)
  const own = officesOfReader(scope, places, {})
  if (own) add('o.office', own)
  const found = await row<Record<Inbox, number>>(
    sql,
    `select ${counts.join(', ')} from obligations o where ${held.join(' and ')}`,
    values,
  )
  return found ?? (Object.fromEntries(codesOf(INBOXES).map((inbox) => [inbox, 0])) as Record<Inbox, number>)
}
