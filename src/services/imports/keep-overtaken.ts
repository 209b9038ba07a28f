import {
  CAUSE_LABELS,
  GROUP_LABELS,
  LEVEL_LABELS,
  SOURCE_LABELS,
} from '../../domain/obligation/vocabulary.ts'
import { beijingSeconds } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { COLUMNS, type Field, FIELDS } from '../../ledgers/columns.ts'
import type { RefusedHead, RefusedRow } from '../../ledgers/refused-row.ts'
import { decryptPerson } from '../vault/encryption.ts'
import { addRefused } from './refused-rows.ts'
import type { StagedRow } from './staging.ts'
import type { ChangeContext } from './write-plans.ts'

/** The platform's own head, for a file of which no row was refused as it was read. */
const OUR_HEAD: RefusedHead = {
  header: FIELDS.map((field) => COLUMNS[field]),
  names: COLUMNS,
  at: Object.fromEntries(FIELDS.map((field, at) => [field, at])),
}

/**
 * Keeps checked rows that turn out to be refused as their file is registered, to be mended like every other. What they said in the file
 * is not kept beside what was read of it, so they say that.
 */
export async function keepOvertaken(
  tx: Sql,
  context: Pick<ChangeContext, 'keys' | 'offices'>,
  importId: string,
  rows: readonly StagedRow[],
): Promise<void> {
  const said = rows.map((row) => ({ row: row.row, cells: cellsOf(context, row) }))
  const numbers = said.map(({ row }) => row)
  await addRefused(tx, context.keys, importId, numbers, (kept) => {
    const head = kept ?? OUR_HEAD
    return { head, rows: said.map(({ row, cells }) => inOrder(head, row, cells)) }
  })
}

type Cells = Record<Field, string>

function cellsOf({ keys, offices }: Pick<ChangeContext, 'keys' | 'offices'>, row: StagedRow): Cells {
  const { externalId, office, level, cause, group, source, issuedAt } = row
  const { name, idNo, phone, village, detail } = decryptPerson(keys, row.obligation, row.encrypted, row.keyId)
  return {
    ...{ externalId, issuedAt: beijingSeconds(issuedAt), level: LEVEL_LABELS[level] },
    ...{ name, idNo, phone, village, detail },
    town: offices.find(({ code }) => code === office)?.name ?? office,
    cause: cause === null ? '' : CAUSE_LABELS[cause],
    group: group === null ? '' : GROUP_LABELS[group],
    source: source === null ? '' : SOURCE_LABELS[source],
  }
}

/** The cells where the head has their columns. */
function inOrder({ header, at }: RefusedHead, row: number, said: Cells): RefusedRow {
  const cells = header.map(() => '')
  for (const field of FIELDS) {
    const column = at[field]
    if (column !== undefined && column in cells) cells[column] = said[field]
  }
  return { row, cells }
}
