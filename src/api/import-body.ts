import type { z } from 'zod'
import type { importBody, importSummary } from '../contract/api/imports.ts'
import { importErrors } from '../db/import-staging-store.ts'
import type { ImportRow } from '../db/import-store.ts'
import type { Sql } from '../db/pool.ts'
import { iso, isoOrNull } from './present.ts'

/** All of them are in errors.csv. */
export const ERRORS_SHOWN = 50

/** With the first of its errors. */
export async function importWithErrors(sql: Sql, one: ImportRow): Promise<z.infer<typeof importBody>> {
  const errors = await importErrors(sql, one.id, -1, ERRORS_SHOWN)
  return {
    ...importSummaryOf(one),
    errors: errors.map(({ row, column, rule, message }) => ({ row, column, rule, message })),
  }
}

export function importSummaryOf(one: ImportRow): z.infer<typeof importSummary> {
  return { ...one, createdAt: iso(one.createdAt), finishedAt: isoOrNull(one.finishedAt) }
}
