import { ERRORS_SHOWN } from '../../contract/api/imports.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { Sql } from '../../db/pool.ts'
import { foundValue, nameIn, numberIn } from '../../ledgers/mendable-csv.ts'
import { refusedRowsOf } from '../../services/imports/refused-rows.ts'
import { firstImportErrors, rowsOutsideReach } from '../../services/imports/staging.ts'
import type { ImportRow } from '../../services/imports/store.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { seesCounty } from './may-settle.ts'

/** @property reads whether they may read its rows in the clear (`rightsIn`) */
type Reader = { actor: Actor; reads: boolean }

/** Which of these rows are none of their business: those outside the file's reach, for whoever neither reads it in the clear nor the whole county. */
export async function rowsHiddenFrom(
  sql: Sql,
  one: ImportRow,
  { actor, reads }: Reader,
  among: readonly number[],
): Promise<Set<number>> {
  return reads || seesCounty(actor, one) ? new Set() : rowsOutsideReach(sql, one.id, among)
}

/**
 * The first errors of an import, each with its warning's number and what stands in its cell, masked where it is personal; nothing of it for a key that was not
 * granted personal data, nor of a row that is hidden from them; and whether its row can be mended by them (`mendImport`). `settled`: rows that are
 * registered elsewhere by now, which have none.
 */
export async function errorsWithFound(
  sql: Sql,
  keys: Keyring,
  one: ImportRow,
  { settled, ...reader }: Reader & { settled: readonly number[] },
) {
  const { actor } = reader
  const errors = await firstImportErrors(sql, one.id, ERRORS_SHOWN, settled)
  const listed = errors.map((e) => e.row)
  const hidden = await rowsHiddenFrom(sql, one, reader, listed)
  const wanted = listed.filter((row) => !hidden.has(row))
  const parts = await refusedRowsOf(sql, keys, one.id, wanted)
  const partOf = new Map(parts.flatMap((part) => part.rows.map(({ row }) => [row, part] as const)))
  return errors.map((error) => {
    const kept = hidden.has(error.row) ? undefined : partOf.get(error.row)
    const part = actor.personal ? kept : undefined
    return {
      ...error,
      mendable: kept !== undefined,
      externalId: part ? numberIn(part, error.row) : null,
      household: part ? nameIn(part, error.row) : null,
      found: part ? foundValue(part, error) : null,
    }
  })
}
