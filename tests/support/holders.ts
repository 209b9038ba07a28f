import { rows, type Sql } from '../../src/db/pool.ts'

/** The obligations whose row does not carry what their assignments say, by id. */
export async function wrongHolders(sql: Sql): Promise<string[]> {
  const found = await rows<{ id: string }>(
    sql,
    `select o.id from obligations o
       left join assignments a on a.obligation = o.id and a.ended_at is null and a.stage not in ('extension','hand-over')
       left join (select e.obligation, bool_or(e.ended_at >= e.due_at) as late from assignments e
                   where e.stage in ('perform','redo') group by e.obligation) e on e.obligation = o.id
      where (o.stage, o.holder_office, o.holder_person, o.holder_due_at, o.holder_due_on, o.ended_late)
            is distinct from (a.stage, a.office, a.person, a.due_at, a.due_on, coalesce(e.late, false))
      order by o.id`,
  )
  return found.map((o) => o.id)
}

/** Writes the rows anew from assignments that a test laid by hand. */
export async function rewriteHolders(sql: Sql): Promise<void> {
  await sql.query(
    `update obligations o set stage = a.stage, holder_office = a.office, holder_person = a.person, holder_due_at = a.due_at,
            holder_due_on = a.due_on, ended_late = exists (
              select from assignments e where e.obligation = o.id and e.stage in ('perform','redo') and e.ended_at >= e.due_at)
       from obligations every left join assignments a on a.obligation = every.id and a.ended_at is null and a.stage not in ('extension','hand-over') where every.id = o.id`,
  )
}

/** Open assignments name a person: all of them, or those of the obligations with these external ids. */
export async function nameHolder(
  sql: Sql,
  person: string,
  externalIds: readonly string[] | null = null,
): Promise<void> {
  await sql.query(
    `with named as (
       update assignments a set person = $1 from obligations o
        where o.id = a.obligation and a.ended_at is null and ($2::text[] is null or o.external_id = any($2))
        returning a.obligation)
     update obligations o set holder_person = $1 from named n where n.obligation = o.id`,
    [person, externalIds],
  )
}
