import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** In which round each person was first asked to press what is behind these deadlines, by deadline and person. */
export async function askedSince(sql: Sql, deadlines: readonly string[]): Promise<Map<string, Instant>> {
  const found = await rows<{ deadline: string; person: string; at: Instant }>(
    sql,
    `select deadline, person, min(round_at) as at from notifications
      where deadline = any($1) and kind in ('escalation','passed-on') and state <> 'moot' group by deadline, person`,
    [deadlines],
  )
  return new Map(found.map(({ deadline, person, at }) => [`${deadline}/${person}`, at]))
}
