import { insertRow, insertRows } from '../../db/insert-rows.ts'
import { row, type Sql } from '../../db/pool.ts'
import { importChunks, importErrors as errorTable, importRows } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'
import { MAY_BE_OUTSIDE_REACH, RULES_OF_EMPTY_CELLS } from '../../ledgers/row-error.ts'
import { updateRows } from '../../db/update-rows.ts'
import { REMARK } from '../../ledgers/remark.ts'
import type { EncryptedValue } from '../vault/encryption.ts'

/** Encrypted pieces of the upload, in order; before the first, what was mended of it (mended.ts). */
export async function addChunk(tx: Sql, importId: string, seq: number, chunk: EncryptedValue): Promise<void> {
  const { encrypted, keyId } = chunk
  await insertRow(tx, importChunks, { import: importId, seq, encrypted, keyId })
}

const CHUNK = allOf(
  columns(importChunks, 'c', ['encrypted', 'keyId']),
  computed<{ more: boolean }>({
    more: 'exists (select from import_chunks n where n.import = c.import and n.seq = c.seq + 1)',
  }),
)

/** One piece at a time: a 64 MB upload never stands in memory whole. `more`: another follows. */
export async function* readChunks(
  sql: Sql,
  importId: string,
): AsyncGenerator<EncryptedValue & { more: boolean }> {
  for (let seq = 0; ; seq++) {
    const chunk = await selectRow(sql, CHUNK, 'from import_chunks c where import = $1 and seq = $2', [
      importId,
      seq,
    ])
    if (!chunk) return
    yield chunk
    if (!chunk.more) return
  }
}

/** The pieces that stand before the first of the file, as they were added: the last has the least number. */
export function piecesBefore(sql: Sql, importId: string): Promise<(EncryptedValue & { seq: number })[]> {
  const piece = columns(importChunks, 'c', ['seq', 'encrypted', 'keyId'])
  return selectRows(sql, piece, 'from import_chunks c where import = $1 and seq < 0 order by seq desc', [
    importId,
  ])
}

const STAGED = columns(importRows, 'r', [
  ...(['row', 'obligation', 'key', 'externalId', 'office', 'level', 'cause', 'group', 'source'] as const),
  ...(['issuedAt', 'startOn', 'contentHash', 'encrypted', 'keyId'] as const),
  ...(['idNoIndex', 'phoneIndex', 'indexKeyId', 'remarks'] as const),
])
/** `obligation` is the one it will be: its household is encrypted for it. */
export type StagedRow = RowsOf<typeof STAGED>

/** Each row is text before the next is encrypted: buffers of a whole batch would long outlive it in the heap (docs/benchmarks.md). */
export async function stageRows(tx: Sql, importId: string, staged: Iterable<StagedRow>): Promise<void> {
  await insertRows(tx, importRows, staged, { constant: { import: importId } })
}

export function stagedRows(
  sql: Sql,
  importId: string,
  afterRow: number,
  limit: number,
): Promise<StagedRow[]> {
  const batch = 'from import_rows r where import = $1 and "row" > $2 order by "row" limit $3'
  return selectRows(sql, STAGED, batch, [importId, afterRow, limit])
}

const FAULT = columns(errorTable, 'e', ['row', 'column', 'rule', 'message'])
const NUMBERED_FAULT = columns(errorTable, 'e', ['seq', 'row', 'column', 'rule', 'message'])
export type ImportErrorRow = RowsOf<typeof FAULT>

export async function addImportErrors(
  tx: Sql,
  importId: string,
  fromSeq: number,
  errors: readonly ImportErrorRow[],
): Promise<void> {
  const numbered = errors.map(({ row, column, rule, message }, i) => ({
    ...{ seq: fromSeq + i, row, column, rule, message },
  }))
  await insertRows(tx, errorTable, numbered, { constant: { import: importId } })
}

export function importErrors(sql: Sql, importId: string, afterSeq: number, limit: number) {
  const page = 'from import_errors e where import = $1 and seq > $2 order by seq limit $3'
  return selectRows(sql, NUMBERED_FAULT, page, [importId, afterSeq, limit])
}

/** All problems of the rows from one to another. */
export function importErrorsOfRows(sql: Sql, importId: string, from: number, to: number) {
  const those = 'from import_errors e where import = $1 and "row" between $2 and $3 order by seq'
  return selectRows(sql, FAULT, those, [importId, from, to])
}

/** Which of these rows tell, or may tell, of a household outside the reach of their file. */
export async function rowsOutsideReach(
  sql: Sql,
  importId: string,
  among: readonly number[],
): Promise<Set<number>> {
  const outside = `from import_errors e where import = $1 and rule = any($3) and "row" = any($2)`
  const found = await selectRows(sql, columns(errorTable, 'e', ['row']), outside, [
    importId,
    among,
    MAY_BE_OUTSIDE_REACH,
  ])
  return new Set(found.map(({ row: number }) => number))
}

/**
 * The first of them, those to see to before those that change nothing. What is registered with a remark stands between.
 * @param without rows that are settled elsewhere
 */
export function firstImportErrors(sql: Sql, importId: string, limit: number, without: readonly number[]) {
  const first = `from import_errors e where import = $1 and "row" <> all($3) order by rule = 'duplicate', rule = '${REMARK}', seq limit $2`
  return selectRows(sql, FAULT, first, [importId, limit, without])
}

export type ErrorGroup = { rule: string; column: string; rows: number; message: string }

/** How many rows there are of each problem, the most frequent first; empty cells apart from wrong ones. Rows that change nothing are left out, and `without`. */
export function errorGroups(
  sql: Sql,
  importId: string,
  without: readonly number[] = [],
): Promise<ErrorGroup[]> {
  return selectRows(
    sql,
    computed<ErrorGroup>({
      ...{ rule: 'rule', column: 'column_name', rows: 'count(distinct "row")', message: 'min(message)' },
    }),
    `from import_errors where import = $1 and rule <> 'duplicate' and "row" <> all($3)
      group by rule, column_name, case when rule = any($2) then message end order by 3 desc, 1, 2, 4`,
    [importId, RULES_OF_EMPTY_CELLS, without],
  )
}

/** The problems of rows become others. */
export async function replaceImportErrors(
  tx: Sql,
  importId: string,
  errors: readonly ImportErrorRow[],
): Promise<void> {
  const placed = errors.map((error) => ({ import: importId, ...error }))
  await updateRows(tx, errorTable, ['import', 'row'], placed)
}

/** What is not registered is not registered with a remark either. */
export async function dropRemarks(tx: Sql, importId: string, rows: readonly number[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(`delete from import_errors where import = $1 and "row" = any($2) and rule = '${REMARK}'`, [
    importId,
    rows,
  ])
}

/** The next number in the list of problems. */
export async function nextErrorSeq(sql: Sql, importId: string): Promise<number> {
  const last = 'select coalesce(max(seq) + 1, 0) as next from import_errors where import = $1'
  return (await row<{ next: number }>(sql, last, [importId]))?.next ?? 0
}

/** Before a validation starts over: what an interrupted one left. */
export async function clearStaging(tx: Sql, importId: string): Promise<void> {
  await deleteOf(tx, importId, ['import_rows', 'import_errors', ...KEPT])
}

/** The statements leave together. */
async function deleteOf(tx: Sql, importId: string, tables: readonly string[]): Promise<void> {
  await Promise.all(tables.map((table) => tx.query(`delete from ${table} where import = $1`, [importId])))
}

const KEPT = ['import_changes', 'import_repeats', 'import_refused', 'import_withdrawals']

/** What is kept of a file once it is registered: changes to decide, rows to mend, withdrawals that were proposed. */
export async function dropKept(tx: Sql, importId: string): Promise<void> {
  await deleteOf(tx, importId, KEPT)
}

/** Once registered (or refused), the upload itself is not kept: the encrypted subjects are. */
export async function dropUpload(tx: Sql, importId: string): Promise<void> {
  await deleteOf(tx, importId, ['import_chunks', 'import_rows'])
}
