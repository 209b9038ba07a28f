import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** When something was sent back last, and by whom: the reviewing office where a machine did it. Its reason is for the page alone. */
export type LastReturn = { obligation: string; at: Instant; by: string }

export async function lastReturns(
  sql: Sql,
  obligations: readonly string[],
): Promise<ReadonlyMap<string, LastReturn>> {
  if (obligations.length === 0) return new Map()
  const found = await rows<LastReturn>(
    sql,
    `select distinct on (e.obligation) e.obligation, e.at, coalesce(p.name, f.name) as by
       from events e join obligations o on o.id = e.obligation join offices f on f.code = o.reviewer
       left join people p on p.id = e.actor
      where e.obligation = any($1) and e.action = 'return' order by e.obligation, e.id desc`,
    [obligations],
  )
  return new Map(found.map((row) => [row.obligation, row]))
}
