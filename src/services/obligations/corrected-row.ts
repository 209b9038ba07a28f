import type { Sql } from '../../db/pool.ts'
import { filedOffice } from './filed-office.ts'
import { assignments, obligations } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  maybe,
  type RowsOf,
  selectRows,
} from '../../db/select-columns.ts'

const CORRECTED = allOf(
  columns(obligations, 'o', [
    ...(['id', 'externalId', 'county', 'kind', 'title', 'facts', 'state', 'office', 'reviewer'] as const),
    ...(['level', 'cause', 'group', 'source', 'issuedAt', 'version', 'endedLate'] as const),
    ...(['startOn', 'dueAt', 'dueOn', 'provisional'] as const),
    ...(['stage', 'holderOffice', 'holderPerson', 'holderDueOn'] as const),
  ]),
  computed<{ filedOffice: string }>({ filedOffice: filedOffice('o') }),
  maybe(columns(assignments, 'a', ['workingDays'])),
  maybe(columnsAs(assignments, 'a', { assignment: 'id', assignmentStartOn: 'startOn', origin: 'origin' })),
)
export type CorrectedRow = RowsOf<typeof CORRECTED>

/** Holds obligations until the transaction ends. @returns them by id */
export function lockForCorrection(
  tx: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CorrectedRow>> {
  return readByIds(tx, ids, 'order by o.id for update of o')
}

/** The same, for whoever only asks what a correction would do. @returns by id what the reader sees of them */
export function readForCorrection(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CorrectedRow>> {
  return readByIds(sql, ids, '')
}

async function readByIds(sql: Sql, ids: readonly string[], lock: string) {
  const open = `from obligations o
    left join assignments a on a.obligation = o.id and a.ended_at is null and a.stage not in ('extension','hand-over')`
  const found = await selectRows(sql, CORRECTED, `${open} where o.id = any($1) ${lock}`, [ids])
  return new Map(found.map((o) => [o.id, o]))
}
