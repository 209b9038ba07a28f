import type { Day, Instant } from '../../domain/time/days.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { deadlines, mails, notifications, offices, people, watches } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  maybe,
  type RowsOf,
  selectRow,
  selectRows,
} from '../../db/select-columns.ts'

const DEADLINE = allOf(
  columns(deadlines, 'd', ['id', 'rule', 'kind', 'level', 'stage', 'label', 'dueAt', 'dueOn', 'obligation']),
  columnsAs(deadlines, 'd', { officeCode: 'office' }),
  columnsAs(offices, 'f', { officeName: 'name' }),
  maybe(columns(watches, 'w', ['wakeAt'])),
  computed<{ open: number }>({
    open: '(select count(*) from assignments a where a.deadline = d.id and a.ended_at is null)',
  }),
)
export type DeadlineListRow = RowsOf<typeof DEADLINE>

const FROM = `from deadlines d join offices f on f.code = d.office
  left join watches w on w.kind = 'deadline' and w.subject = d.id and not w.done`

/** By due instant: what still has something open (and is watched), or what has nothing open any more. */
export function listDeadlines(
  sql: Sql,
  search: { office?: string | undefined; dueFrom?: Day | undefined; dueTo?: Day | undefined; open: boolean },
  page: { after: { at: Instant; id: string } | null; limit: number },
): Promise<DeadlineListRow[]> {
  return selectRows(
    sql,
    DEADLINE,
    `${FROM} where exists (select 1 from assignments a where a.deadline = d.id and a.ended_at is null) = $7
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

export function deadlineListRow(sql: Sql, id: string): Promise<DeadlineListRow | undefined> {
  return selectRow(sql, DEADLINE, `${FROM} where d.id = $1`, [id])
}

const TOLD = allOf(
  columns(notifications, 'n', ['moment', 'kind', 'state']),
  columnsAs(notifications, 'n', { mailId: 'mail' }),
  columnsAs(people, 'p', { person: 'name' }),
  maybe(columnsAs(mails, 'm', { mailState: 'state' })),
)
export type ToldRow = RowsOf<typeof TOLD>

/** Who was told of each firing, and what became of the mail; not those told in the place of somebody whose mail did not arrive. */
export function toldOf(sql: Sql, deadline: string): Promise<ToldRow[]> {
  return selectRows(
    sql,
    TOLD,
    `from notifications n join people p on p.id = n.person left join mails m on m.id = n.mail
      where n.deadline = $1 and n.undelivered_to is null order by n.id`,
    [deadline],
  )
}
