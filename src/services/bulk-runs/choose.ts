import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { conditionsOf, type ObligationSearch, type Scope } from '../obligations/search-conditions.ts'
import { inPlaces } from '../obligations/search-counts.ts'
import type { Seen } from './store.ts'

/** Those of these ids that somebody sees, in their order, each once. */
export async function seenByIds(sql: Sql, ids: readonly string[]): Promise<Seen[]> {
  const seen = await rows<Seen>(sql, 'select id, version from obligations where id = any($1)', [ids])
  const known = new Map(seen.map((one) => [one.id, one]))
  return [...new Set(ids)].flatMap((id) => known.get(id) ?? [])
}

/** Those that a list would show, by due day. @param limit no more are read */
export async function seenByFilter(
  sql: Sql,
  search: ObligationSearch,
  scope: Scope,
  { now, limit }: { now: Instant; limit: number },
): Promise<Seen[]> {
  const where = conditionsOf(search, now, scope.held)
  inPlaces(where, search, scope)
  const { rows: found } = await sql.query<Seen>({
    text: `select o.id, o.version from obligations o ${where.text()} order by o.due_at, o.id limit ${limit}`,
    values: where.values,
  })
  return found
}
