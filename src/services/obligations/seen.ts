import { rows, type Sql } from '../../db/pool.ts'

export type SeenVersion = { id: string; version: number }

/** At which version somebody last looked at each of these; what was never looked at is left out. */
export function seenVersions(sql: Sql, person: string, ids: readonly string[]): Promise<SeenVersion[]> {
  const asked = `select obligation as id, version from seen_obligations
    where person = $1 and obligation = any($2)`
  return rows(sql, asked, [person, ids])
}

/**
 * Keeps that somebody looked at these. What is not theirs to read is passed over, and so is what was seen at a later version.
 * The rows are locked in one order, so that two windows of one person do not wait for each other.
 */
export async function markSeen(tx: Sql, person: string, seen: readonly SeenVersion[]): Promise<void> {
  const ids = seen.map(({ id }) => id)
  const versions = seen.map(({ version }) => version)
  await rows(
    tx,
    `insert into seen_obligations as s (person, obligation, version)
       select $1, o.id, max(least(v.version, o.version))
         from unnest($2::text[], $3::int[]) v (id, version) join obligations o on o.id = v.id
        group by o.id order by o.id
     on conflict (person, obligation) do update set version = greatest(s.version, excluded.version)
       where s.version < excluded.version`,
    [person, ids, versions],
  )
}
