import type { Instant } from '../../domain/time/days.ts'
import { BESIDE_STAGES } from '../../domain/obligation/vocabulary.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { countedIds } from '../obligations/counted-ids.ts'

/** When a letter was written, which obligations it counted as late in its reader's offices, and behind which ones answers waited there. */
export type LastLetter = { at: Instant; late: ReadonlySet<string>; answers: ReadonlySet<string> }

/** Of each of these people the last letter before `now` that reached them; nobody who has had none. */
export async function lastLetters(
  sql: Sql,
  people: readonly string[],
  now: Instant,
): Promise<Map<string, LastLetter>> {
  if (people.length === 0) return new Map()
  const found = await rows<{ person: string; at: Instant; late: string[]; answers: string[] }>(
    sql,
    `select p.id as person, m.composed_at as at,
            array(${countedIds(`m.counted -> 'held.perform.late'`)}) as late,
            array(${BESIDE_STAGES.map((stage) => countedIds(`m.counted -> '${stage}'`)).join(' union all ')}) as answers
       from unnest($1::text[]) as p(id),
            lateral (select composed_at, counted from mails
                      where person = p.id and counted is not null and state in ('accepted','archived') and bounced_at is null
                        and composed_at < $2
                      order by composed_at desc, id desc limit 1) m`,
    [people, ts(now)],
  )
  return new Map(
    found.map(({ person, at, late, answers }) => [
      person,
      { at, late: new Set(late), answers: new Set(answers) },
    ]),
  )
}
