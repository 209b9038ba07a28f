import type { Sql } from '../../db/pool.ts'
import { assignments, events, obligations } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'

const EVENT = allOf(
  columns(events, 'e', ['id', 'at', 'actor', 'action', 'state', 'detail', 'encryptedText', 'keyId']),
  columns(obligations, 'o', ['office']),
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

const RECEIPT = allOf(
  columns(assignments, 'a', ['stage', 'startOn', 'dueOn', 'workingDays']),
  computed<{ policy: string }>({ policy: 'duban_policy_of(a.deadline)' }),
)
export type ReceiptAssignment = RowsOf<typeof RECEIPT>

/** The turn a receipt explains: the open one, or the first when nothing is open. */
export function assignmentForReceipt(sql: Sql, id: string): Promise<ReceiptAssignment | undefined> {
  return selectRow(
    sql,
    RECEIPT,
    'from assignments a where a.obligation = $1 order by (a.ended_at is null) desc, a.id limit 1',
    [id],
  )
}
