import type { Day, Instant } from '../../domain/time/days.ts'
import type { State, Stage } from '../../domain/obligation/vocabulary.ts'
import { row, rows, type Sql } from '../../db/pool.ts'

export type HistoryRow = {
  id: number
  office: string
  at: Instant
  actor: string
  actorName: string
  action: string
  state: State
  detail: Record<string, unknown>
  sealedText: Buffer | null
  keyId: string | null
}

export function historyOf(sql: Sql, id: string): Promise<HistoryRow[]> {
  return rows(
    sql,
    `select e.id, o.office, e.at, e.actor, coalesce(p.name, k.name, e.actor) as "actorName", e.action, e.state, e.detail,
            e.sealed_text as "sealedText", e.key_id as "keyId"
       from events e join obligations o on o.id = e.obligation
       left join people p on p.id = e.actor left join api_keys k on k.id = e.actor
      where e.obligation = $1 order by e.id`,
    [id],
  )
}

export type ReceiptAssignment = {
  stage: Stage
  startOn: Day
  dueOn: Day
  workingDays: number | null
  policy: string
  /** The document and clause that fix the day; null where nothing names them. */
  basis: string | null
}

/** The turn a receipt explains: the open one, or the first when nothing is open. */
export function assignmentForReceipt(sql: Sql, id: string): Promise<ReceiptAssignment | undefined> {
  return row(
    sql,
    `select a.stage, a.start_on as "startOn", a.due_on as "dueOn", a.working_days as "workingDays",
            duban_policy_of(a.deadline) as policy, o.basis
       from assignments a join obligations o on o.id = a.obligation where a.obligation = $1
      order by (a.ended_at is null) desc, a.id limit 1`,
    [id],
  )
}
