import type { Sql } from '../../db/pool.ts'
import { assignments, obligations } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, maybe, type RowsOf, selectRow } from '../../db/select-columns.ts'

const CORRECTED = allOf(
  columns(obligations, 'o', [
    ...(['id', 'externalId', 'county', 'kind', 'title', 'facts', 'state', 'office', 'reviewer'] as const),
    ...(['level', 'cause', 'group', 'source', 'issuedAt', 'startOn', 'dueAt', 'dueOn', 'version'] as const),
    ...(['stage', 'holderOffice', 'holderPerson', 'holderDueOn'] as const),
  ]),
  maybe(columns(assignments, 'a', ['workingDays'])),
  maybe(columnsAs(assignments, 'a', { assignmentStartOn: 'startOn' })),
)
export type CorrectedRow = RowsOf<typeof CORRECTED>

/** Holds an obligation until the transaction ends. */
export function lockForCorrection(tx: Sql, obligation: string): Promise<CorrectedRow | undefined> {
  const open = 'from obligations o left join assignments a on a.obligation = o.id and a.ended_at is null'
  return selectRow(tx, CORRECTED, `${open} where o.id = $1 for update of o`, [obligation])
}
