import { rows, type Sql } from '../../db/pool.ts'
import { WATCH_KINDS, type WatchKind } from '../../db/schema/time.ts'

export type { WatchKind }

export type PokeGroup = { kind: WatchKind; subject: string; upTo: number; ids: number[] }

/** Records in the caller's transaction that something joined or moved (decision 2). */
export async function poke(sql: Sql, kind: WatchKind, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return
  await rows(
    sql,
    `with poked as (insert into pokes (kind, subject) select $1, unnest($2::text[]))
     select pg_notify('pokes', '')`,
    [kind, [...new Set(subjects)]],
  )
}

/**
 * The oldest pokes, grouped by workflow. What a later release pokes waits for that release, and holds nothing else up.
 * @param besides kinds that somebody else answers
 */
export function pendingPokes(
  sql: Sql,
  limit: number,
  besides: readonly WatchKind[] = [],
): Promise<PokeGroup[]> {
  return rows(
    sql,
    `select kind, subject, max(id) as "upTo", array_agg(id::float8) as ids
       from (select id, kind, subject from pokes where kind = any($2) order by id limit $1) oldest
      group by kind, subject`,
    [limit, WATCH_KINDS.filter((kind) => !besides.includes(kind))],
  )
}

export async function deletePokes(sql: Sql, ids: readonly number[]): Promise<void> {
  await sql.query('delete from pokes where id = any($1::bigint[])', [ids])
}

export async function countPokes(sql: Sql): Promise<number> {
  const [count] = await rows<{ n: number }>(sql, 'select count(*) as n from pokes')
  return count?.n ?? 0
}
