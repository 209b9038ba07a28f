import { row, type Sql } from '../../db/pool.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { importRefused } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'
import type { RefusedHead, RefusedRow } from '../../ledgers/read-warnings.ts'
import { refusedRowsContext } from '../vault/encryption-context.ts'
import { decryptBytes, encryptBytes, type Keyring } from '../vault/encryption.ts'

/** The refused rows of a batch, with the head of their file. */
export type RefusedRows = { head: RefusedHead; rows: RefusedRow[] }

/** Keeps the refused rows of a batch, encrypted as one. A batch without any costs nothing. */
export async function keepRefused(
  tx: Sql,
  keys: Keyring,
  importId: string,
  refused: RefusedRows,
): Promise<void> {
  const [first] = refused.rows
  if (first === undefined) return
  const plain = Buffer.from(JSON.stringify(refused))
  await insertRow(tx, importRefused, {
    ...{ import: importId, firstRow: first.row, lastRow: refused.rows[refused.rows.length - 1]!.row },
    ...{ encrypted: encryptBytes(keys, refusedRowsContext(importId, first.row), plain), keyId: keys.keyId },
  })
}

/**
 * Adds rows to what is kept already, in the order of the file: a part that some of them fall into is written anew with these, and those
 * between two parts become one of their own, since whoever reads goes from part to part. A rare thing: another file brought their numbers
 * meanwhile.
 * @param make the rows under the head that the file's parts have; null where none is kept
 */
export async function addRefused(
  tx: Sql,
  keys: Keyring,
  importId: string,
  numbers: readonly number[],
  make: (head: RefusedHead | null) => RefusedRows,
): Promise<void> {
  if (numbers.length === 0) return
  const known = await nextRefused(tx, keys, importId, 0)
  const { head, rows } = make(known?.head ?? null)
  const parts = await selectRows(
    tx,
    RANGE,
    'from import_refused r where import = $1 and first_row <= $3 and last_row >= $2 order by first_row',
    [importId, Math.min(...numbers), Math.max(...numbers)],
  )
  for (const [part, added] of byPart(parts, rows)) {
    const kept = part === null ? [] : await takeRefused(tx, keys, importId, part)
    const all = [...kept, ...added].sort((one, other) => one.row - other.row)
    await keepRefused(tx, keys, importId, { head, rows: all })
  }
}

const RANGE = columns(importRefused, 'r', ['firstRow', 'lastRow'])

/** Rows with the first row of the part that they fall into, or with null: those that lie between the same two parts. */
function byPart(
  parts: readonly RowsOf<typeof RANGE>[],
  rows: readonly RefusedRow[],
): [part: number | null, rows: RefusedRow[]][] {
  const groups = new Map<string, [number | null, RefusedRow[]]>()
  for (const one of rows) {
    const begun = parts.filter(({ firstRow }) => firstRow <= one.row)
    const last = begun[begun.length - 1]
    const within = last !== undefined && one.row <= last.lastRow ? last.firstRow : null
    const group = groups.get(`${begun.length} ${within}`) ?? [within, []]
    group[1].push(one)
    groups.set(`${begun.length} ${within}`, group)
  }
  return [...groups.values()]
}

/** A part, which is kept no longer. */
async function takeRefused(
  tx: Sql,
  keys: Keyring,
  importId: string,
  firstRow: number,
): Promise<RefusedRow[]> {
  const one = 'from import_refused r where import = $1 and first_row = $2'
  const kept = await selectRow(tx, KEPT, one, [importId, firstRow])
  await tx.query('delete from import_refused where import = $1 and first_row = $2', [importId, firstRow])
  return kept ? decrypted(keys, importId, kept).rows : []
}

const KEPT = columns(importRefused, 'r', ['firstRow', 'encrypted', 'keyId'])
type Kept = RowsOf<typeof KEPT>

/**
 * The refused rows of an import in the clear, in the order of the file; of some rows alone, where these are given.
 * @throws UnknownKey, DecryptionFailed
 */
export async function refusedRowsOf(
  sql: Sql,
  keys: Keyring,
  importId: string,
  wanted: readonly number[] | null = null,
): Promise<RefusedRows[]> {
  const kept = await selectRows(
    sql,
    KEPT,
    `from import_refused r where import = $1 and ($2::int[] is null or exists (
       select from unnest($2::int[]) w(n) where w.n between r.first_row and r.last_row)) order by first_row`,
    [importId, wanted],
  )
  return kept.map((part) => decrypted(keys, importId, part))
}

/**
 * The next refused rows behind a row, as one batch kept them; undefined behind the last. A file of nothing but refused rows never
 * stands in memory whole.
 * @throws UnknownKey, DecryptionFailed
 */
export async function nextRefused(
  sql: Sql,
  keys: Keyring,
  importId: string,
  afterRow: number,
): Promise<RefusedRows | undefined> {
  const next = 'from import_refused r where import = $1 and first_row > $2 order by first_row limit 1'
  const kept = await selectRow(sql, KEPT, next, [importId, afterRow])
  return kept && decrypted(keys, importId, kept)
}

function decrypted(keys: Keyring, importId: string, { firstRow, encrypted, keyId }: Kept): RefusedRows {
  const where = refusedRowsContext(importId, firstRow)
  return JSON.parse(decryptBytes(keys, where, encrypted, keyId).toString()) as RefusedRows
}

/** Imports of an earlier release kept none. */
export async function hasRefusedRows(sql: Sql, importId: string): Promise<boolean> {
  return (await row(sql, 'select from import_refused where import = $1 limit 1', [importId])) !== undefined
}
