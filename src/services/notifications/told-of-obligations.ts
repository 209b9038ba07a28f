import { rows, type Sql } from '../../db/pool.ts'
import { linesAbout } from '../obligations/lines-about.ts'

/** Who was told of what an obligation still owes, or owed: by obligation, each person once. */
export function toldOfObligations(
  sql: Sql,
  obligations: readonly string[],
): Promise<{ obligation: string; id: string; name: string }[]> {
  return rows(
    sql,
    `select distinct o.id as obligation, p.id, p.name
       from unnest($1::text[]) as o(id) cross join lateral ${linesAbout('o.id')} n join people p on p.id = n.person
      where n.state = 'mailed' and n.undelivered_to is null
      order by o.id, p.name, p.id`,
    [obligations],
  )
}
