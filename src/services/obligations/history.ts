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
  /** The day the plan had fixed, where the obligation was taken over with another. */
  originalDueOn: Day | null
}

/**
 * The assignment a receipt explains: the open one, or the first when nothing is open. What was done before the county began
 * here had none; its receipt is about the day it was due.
 */
export function assignmentForReceipt(sql: Sql, id: string): Promise<ReceiptAssignment | undefined> {
  return row(
    sql,
    `select coalesce(a.stage, 'perform') as stage, coalesce(a.start_on, o.start_on) as "startOn",
            coalesce(a.due_on, o.due_on) as "dueOn", a.working_days as "workingDays",
            coalesce(duban_policy_of(a.deadline), o.policy) as policy,
            (select e.detail ->> 'originalDueOn' from events e
              where e.obligation = o.id and e.action = 'begun-taken-over' limit 1) as "originalDueOn"
       from obligations o
       left join lateral (select * from assignments s where s.obligation = o.id
                           order by (s.ended_at is null) desc, s.id limit 1) a on true
      where o.id = $1`,
    [id],
  )
}
