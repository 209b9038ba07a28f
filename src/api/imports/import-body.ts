import type { z } from 'zod'
import { ERRORS_SHOWN, type importBody, type importSummary } from '../../contract/api/imports.ts'
import { firstImportErrors } from '../../services/imports/staging.ts'
import type { ImportRow } from '../../services/imports/store.ts'
import type { Sql } from '../../db/pool.ts'
import { iso, isoOrNull } from '../obligations/present.ts'

/** An import with the first of its errors. */
export async function importWithErrors(sql: Sql, one: ImportRow): Promise<z.infer<typeof importBody>> {
  return { ...importSummaryOf(one), errors: await firstImportErrors(sql, one.id, ERRORS_SHOWN) }
}

export function importSummaryOf(one: ImportRow): z.infer<typeof importSummary> {
  return { ...one, createdAt: iso(one.createdAt), finishedAt: isoOrNull(one.finishedAt) }
}
