import type { ChangedField } from '../../domain/obligation/changes.ts'
import type { Sql } from '../../db/pool.ts'
import { importChanges } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'
import { changedIssue } from './change-words.ts'
import { writeChanges } from './changes-store.ts'
import { replaceImportErrors } from './staging.ts'

/** Nothing of a change happens unasked while nobody has said which of two rows is right. */
export function askedFirst(fields: readonly ChangedField[]): ChangedField[] {
  return fields.map((field) => (field.happens === 'applied' ? { ...field, happens: 'asked' } : field))
}

const CHANGE = columns(importChanges, 'c', [
  ...(['import', 'row', 'fields', 'encrypted', 'keyId', 'state', 'replaced'] as const),
])

/**
 * Of two rows with one number and different content the first is compared with the ledger. What it would change is to be confirmed:
 * the other may be the right one.
 */
export async function askContested(tx: Sql, importId: string): Promise<void> {
  const contested = await selectRows(
    tx,
    CHANGE,
    `from import_changes c where import = $1 and state = 'open' and "row" in (
       select substring(message from '第 (\\d+) 行')::int from import_errors where import = $1 and rule = 'repeated')`,
    [importId],
  )
  if (contested.length === 0) return
  const asked = contested.map((change) => ({ ...change, fields: askedFirst(change.fields) }))
  await writeChanges(tx, asked)
  const issues = asked.map(({ row, fields }) => changedIssue({ row, other: null }, fields))
  await replaceImportErrors(tx, importId, issues)
}
