import { ERRORS_SHOWN } from '../../contract/api/imports.ts'
import type { Sql } from '../../db/pool.ts'
import { foundValue } from '../../ledgers/mendable-csv.ts'
import { refusedRowsOf } from '../../services/imports/refused-rows.ts'
import { firstImportErrors } from '../../services/imports/staging.ts'
import type { Keyring } from '../../services/vault/encryption.ts'

/** The first errors of an import, each with what stands in its cell, masked where it is personal. */
export async function errorsWithFound(sql: Sql, keys: Keyring, importId: string) {
  const errors = await firstImportErrors(sql, importId, ERRORS_SHOWN)
  const parts = await refusedRowsOf(
    sql,
    keys,
    importId,
    errors.map((e) => e.row),
  )
  const partOf = new Map(parts.flatMap((part) => part.rows.map(({ row }) => [row, part] as const)))
  return errors.map((error) => {
    const part = partOf.get(error.row)
    return { ...error, found: part ? foundValue(part, error) : null }
  })
}
