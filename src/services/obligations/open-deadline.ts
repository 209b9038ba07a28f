import type { Sql } from '../../db/pool.ts'
import { assignments } from '../../db/schema/index.ts'
import { columns, selectRow } from '../../db/select-columns.ts'

/** The deadline an obligation stands behind now; null when nobody holds it. */
export async function openDeadlineOf(sql: Sql, id: string): Promise<string | null> {
  const open = `from assignments a where obligation = $1 and ended_at is null and stage not in ('extension','hand-over')`
  const found = await selectRow(sql, columns(assignments, 'a', ['deadline']), open, [id])
  return found?.deadline ?? null
}
