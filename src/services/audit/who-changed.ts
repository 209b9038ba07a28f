import type { Instant } from '../../domain/time/days.ts'
import { row, type Sql } from '../../db/pool.ts'

/** A thing as the trail names it: as the subject of its events, or (`about` null) by what their detail holds. */
export type Changed = { about: string | null; part?: Readonly<Record<string, string>> }

/** Who changed a thing last, and when; null where the trail of the reader's counties tells nobody. */
export async function whoChanged(
  tx: Sql,
  { about, part = {} }: Changed,
): Promise<{ by: string; at: Instant } | null> {
  const asked = 'select by, at from duban_who_changed($1, $2)'
  return (await row<{ by: string; at: Instant }>(tx, asked, [about, JSON.stringify(part)])) ?? null
}
