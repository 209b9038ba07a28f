import type { Day } from '../../domain/time/days.ts'
import type { Cause, Group, Kind, Level, Stage } from '../../domain/obligation/vocabulary.ts'
import type { Sql } from '../../db/pool.ts'
import { events, obligations } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'

const EVENT = allOf(
  columns(events, 'e', ['id', 'at', 'actor', 'action', 'state', 'detail', 'encryptedText', 'keyId']),
  columns(obligations, 'o', ['office', 'kind']),
  computed<{ actorName: string }>({ actorName: 'coalesce(p.name, k.name, e.actor)' }),
)
export type HistoryRow = RowsOf<typeof EVENT>

export function historyOf(sql: Sql, id: string): Promise<HistoryRow[]> {
  return selectRows(
    sql,
    EVENT,
    `from events e join obligations o on o.id = e.obligation
       left join people p on p.id = e.actor left join api_keys k on k.id = e.actor
      where e.obligation = $1 order by e.id`,
    [id],
  )
}

const RECEIPT = computed<{
  kind: Kind
  level: Level | null
  cause: Cause | null
  group: Group | null
  stage: Stage
  /** Whose calendar counts. */
  office: string
  startOn: Day
  dueOn: Day
  workingDays: number | null
  policy: string
  /** The day the plan had fixed, where the obligation was taken over with another. */
  originalDueOn: Day | null
  /** The document and clause that fix the day; null where nothing names them. */
  basis: string | null
  /** The first of the assignments that go on as one, and its day before anything moved it. */
  root: string | null
  limitOn: Day
}>({
  kind: 'o.kind',
  level: 'o.level',
  cause: 'o.cause',
  group: 'o.key_group',
  stage: `coalesce(a.stage, 'perform')`,
  office: 'coalesce(a.office, o.office)',
  startOn: 'coalesce(a.start_on, o.start_on)',
  dueOn: 'coalesce(a.due_on, o.due_on)',
  workingDays: 'a.working_days',
  policy: 'coalesce(duban_policy_of(a.deadline), o.policy)',
  originalDueOn: `(select e.detail ->> 'originalDueOn' from events e
                    where e.obligation = o.id and e.action = 'begun-taken-over' limit 1)`,
  basis: 'o.basis',
  root: 'coalesce(a.origin, a.id)',
  limitOn: 'coalesce((select r.due_on from assignments r where r.id = coalesce(a.origin, a.id)), o.due_on)',
})
export type ReceiptAssignment = RowsOf<typeof RECEIPT>

/**
 * The assignment a receipt explains: the open one, the one that is paused, or the first when nothing is open. What was done before the county began
 * here had none; its receipt is about the day it was due.
 */
export function assignmentForReceipt(sql: Sql, id: string): Promise<ReceiptAssignment | undefined> {
  return selectRow(
    sql,
    RECEIPT,
    `from obligations o
       left join lateral (select * from assignments s where s.obligation = o.id and s.stage not in ('pause','extension','hand-over')
                           order by (s.ended_at is null) desc, (s.id = (
                             select coalesce(w.origin, w.id) from assignments w where w.obligation = o.id and w.ended_at is null
                                and w.stage = 'pause')) is true desc, s.id limit 1) a on true
      where o.id = $1`,
    [id],
  )
}
