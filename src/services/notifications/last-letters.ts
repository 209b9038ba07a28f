import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'

/** When a letter was written, and which obligations it counted as late in its reader's offices. */
export type LastLetter = { at: Instant; late: ReadonlySet<string> }

/** Of each of these people the last letter before `now` that reached them; nobody who has had none. */
export async function lastLetters(
  sql: Sql,
  people: readonly string[],
  now: Instant,
): Promise<Map<string, LastLetter>> {
  if (people.length === 0) return new Map()
  const found = await rows<{ person: string; at: Instant; late: string | null }>(
    sql,
    `select p.id as person, m.composed_at as at, m.counted->>'held.perform.late' as late
       from unnest($1::text[]) as p(id),
            lateral (select composed_at, counted from mails
                      where person = p.id and counted is not null and state in ('accepted','archived') and bounced_at is null
                        and composed_at < $2
                      order by composed_at desc, id desc limit 1) m`,
    [people, ts(now)],
  )
  return new Map(found.map(({ person, at, late }) => [person, { at, late: new Set(late?.split(',')) }]))
}
