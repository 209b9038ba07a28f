import type { Day, Instant } from '../../domain/time/days.ts'
import type { Kind, Level, Stage } from '../../domain/obligation/vocabulary.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'

export type DeadlineListRow = {
  id: string
  officeCode: string
  officeName: string
  rule: string
  kind: Kind
  level: Level | null
  stage: Stage
  label: string
  dueAt: Instant
  dueOn: Day
  open: number
  obligation: string | null
  wakeAt: Instant | null
}

const SELECT = `select d.id, d.office as "officeCode", f.name as "officeName", d.rule, d.kind, d.level, d.stage, d.label,
    d.due_at as "dueAt", d.due_on as "dueOn",
    d.obligation, w.wake_at as "wakeAt", (select count(*) from assignments a where a.deadline = d.id and a.ended_at is null) as open
  from deadlines d join offices f on f.code = d.office
  left join watches w on w.kind = 'deadline' and w.subject = d.id and not w.done`

/** By due instant: what still has something open (and is watched), or what has nothing open any more. */
export function listDeadlines(
  sql: Sql,
  search: { office?: string | undefined; dueFrom?: Day | undefined; dueTo?: Day | undefined; open: boolean },
  page: { after: { at: Instant; id: string } | null; limit: number },
): Promise<DeadlineListRow[]> {
  return rows(
    sql,
    `${SELECT} where exists (select 1 from assignments a where a.deadline = d.id and a.ended_at is null) = $7
       and ($1::text is null or d.office = $1 or d.office ^@ ($1 || '.'))
       and ($2::date is null or d.due_on >= $2) and ($3::date is null or d.due_on <= $3)
       and ($4::timestamptz is null or (d.due_at, d.id) > ($4, $5))
     order by d.due_at, d.id limit $6`,
    [
      search.office ?? null,
      search.dueFrom ?? null,
      search.dueTo ?? null,
      page.after ? ts(page.after.at) : null,
      page.after?.id ?? null,
      page.limit,
      search.open,
    ],
  )
}

export async function deadlineListRow(sql: Sql, id: string): Promise<DeadlineListRow | undefined> {
  return (await rows<DeadlineListRow>(sql, `${SELECT} where d.id = $1`, [id]))[0]
}

export type ToldRow = {
  moment: string | null
  person: string
  kind: string
  state: string
  mailId: string | null
  mailState: string | null
}

/** Who was told of each firing, and what became of the mail; not those told in the place of somebody whose mail did not arrive. */
export function toldOf(sql: Sql, deadline: string): Promise<ToldRow[]> {
  return rows(
    sql,
    `select n.moment, p.name as person, n.kind, n.state, n.mail as "mailId", m.state as "mailState"
       from notifications n join people p on p.id = n.person left join mails m on m.id = n.mail
      where n.deadline = $1 and n.undelivered_to is null order by n.id`,
    [deadline],
  )
}
