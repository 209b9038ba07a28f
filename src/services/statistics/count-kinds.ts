import type { Kind } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { conditionsOf, type ObligationSearch, type Scope } from '../obligations/search-conditions.ts'
import { inPlaces } from '../obligations/search-counts.ts'

/** Of a kind: obligations, those with a household behind them that is still kept, and those that were found by oneself (R5). */
export type KindCount = { kind: Kind; items: number; households: number; discovered: number }

/** What a list holds, kind by kind. */
export async function countKinds(
  sql: Sql,
  search: ObligationSearch,
  scope: Scope,
  now: Instant,
): Promise<KindCount[]> {
  const where = conditionsOf(search, now, scope.held)
  inPlaces(where, search, scope)
  const text = `select o.kind, count(*) as items, count(s.obligation) filter (where s.anonymised_wall is null) as households,
           count(*) filter (where o.source = 'discovery') as discovered
      from obligations o left join subjects s on s.obligation = o.id
      ${where.text()} group by o.kind`
  return (await sql.query<KindCount>({ text, values: where.values })).rows
}
