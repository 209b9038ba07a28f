import { rows, type Sql } from '../../db/pool.ts'
import { townReached } from '../../services/imports/reach.ts'
import type { ImportRow } from '../../services/imports/store.ts'

/** Imports with what an undo kept, as far as their reader sees it: a number that a town brought may lie in another by now. */
export async function withKeptSeen(sql: Sql, imports: readonly ImportRow[]): Promise<ImportRow[]> {
  const asked = imports.filter((one) => townReached(one) !== undefined && (one.undone?.kept.length ?? 0) > 0)
  if (asked.length === 0) return [...imports]
  const seen = await rows<{ import: string; numbers: string[] }>(
    sql,
    `select import_id as import, array_agg(external_id) as numbers from obligations
      where import_id = any($1) and external_id is not null group by import_id`,
    [asked.map(({ id }) => id)],
  )
  const numbersOf = new Map(seen.map(({ import: id, numbers }) => [id, new Set(numbers)]))
  return imports.map((one) => {
    if (one.undone === null || !asked.includes(one)) return one
    const kept = one.undone.kept.filter((number) => numbersOf.get(one.id)?.has(number))
    return { ...one, undone: { ...one.undone, kept } }
  })
}
