import { ERRORS_SHOWN } from '../../contract/api/imports.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { Sql } from '../../db/pool.ts'
import { foundValue, numberIn } from '../../ledgers/mendable-csv.ts'
import { refusedRowsOf } from '../../services/imports/refused-rows.ts'
import { firstImportErrors } from '../../services/imports/staging.ts'
import type { Keyring } from '../../services/vault/encryption.ts'

/**
 * The first errors of an import, each with its warning's number and what stands in its cell, masked where it is personal; nothing of it for a key that was not
 * granted personal data.
 */
export async function errorsWithFound(sql: Sql, keys: Keyring, importId: string, { personal }: Actor) {
  const errors = await firstImportErrors(sql, importId, ERRORS_SHOWN)
  const wanted = personal ? errors.map((e) => e.row) : []
  const parts = await refusedRowsOf(sql, keys, importId, wanted)
  const partOf = new Map(parts.flatMap((part) => part.rows.map(({ row }) => [row, part] as const)))
  return errors.map((error) => {
    const part = partOf.get(error.row)
    const number = part ? numberIn(part, error.row) : null
    return { ...error, externalId: number, found: part ? foundValue(part, error) : null }
  })
}
