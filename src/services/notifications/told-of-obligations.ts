import { rows, type Sql } from '../../db/pool.ts'

/** Who was told of what an obligation still owes, or owed: by obligation, each person once. */
export function toldOfObligations(
  sql: Sql,
  obligations: readonly string[],
): Promise<{ obligation: string; id: string; name: string }[]> {
  return rows(
    sql,
    `select distinct a.obligation, p.id, p.name
       from assignments a join notifications n on n.deadline = a.deadline join people p on p.id = n.person
      where a.obligation = any($1) and n.state = 'mailed' and n.undelivered_to is null
      order by a.obligation, p.name, p.id`,
    [obligations],
  )
}
