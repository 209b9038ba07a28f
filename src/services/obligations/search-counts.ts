import { type Inbox, INBOXES } from '../../domain/obligation/inboxes.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import { conditionsOf, type ObligationSearch, placesOf, type Scope } from './search-conditions.ts'

/** How many obligations a list would show. */
export async function countObligations(
  sql: Sql,
  search: ObligationSearch,
  scope: Scope,
  now: Instant,
): Promise<number> {
  const where = conditionsOf(search, now, scope.held)
  const { column, codes } = placesOf(scope, search)
  where.add(`o.${column} = any(?) and $1::timestamptz is not null`, codes)
  const { rows } = await sql.query<{ n: number }>({
    text: `select count(*) as n from obligations o ${where.text()}`,
    values: where.values,
  })
  return rows[0]?.n ?? 0
}

/** What is offered to somebody lies in no place of theirs. `$2` is whose they are. */
const OFFERED = `select count(*) from hand_overs h where h.state = 'pending' and h.to_office = any($2::text[])`

/** How many obligations each inbox holds, all in one pass over what somebody holds. */
export async function countInboxes(
  sql: Sql,
  scope: Scope,
  now: Instant,
  office: string | undefined,
): Promise<Record<Inbox, number>> {
  const values: unknown[] = [ts(now), scope.held ?? []]
  const counts = codesOf(INBOXES).map((inbox) => {
    if (inbox === 'to-receive') return `(${OFFERED}) as "${inbox}"`
    const { conditions } = conditionsOf(INBOXES[inbox].query, now, scope.held, values)
    return `count(*) filter (where ${conditions.join(' and ')}) as "${inbox}"`
  })
  const { column, codes } = placesOf(scope, { office })
  values.push(codes)
  const held = `from obligations o where o.stage is not null and o.${column} = any($${values.length})`
  const found = await row<Record<Inbox, number>>(sql, `select ${counts.join(', ')} ${held}`, values)
  return found ?? (Object.fromEntries(codesOf(INBOXES).map((inbox) => [inbox, 0])) as Record<Inbox, number>)
}
