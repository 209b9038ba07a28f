import { type MendedCells, withMended } from '../../ledgers/mended-cells.ts'
import type { Sql } from '../../db/pool.ts'
import { chunkContext } from '../vault/encryption-context.ts'
import { decryptBytes, encryptBytes, type Keyring } from '../vault/encryption.ts'
import { addChunk, piecesBefore } from './staging.ts'

/**
 * What was mended of an upload stands before its first piece, each time as a piece of its own (-1, -2, …): it is read with the file and
 * goes with it, and the API, which may only add, adds. Null forgets what was mended before.
 */
type Kept = MendedCells | null

/** What somebody typed in place of cells of the upload. @throws UnknownKey, DecryptionFailed */
export async function mendedOf(sql: Sql, keys: Keyring, importId: string): Promise<MendedCells> {
  return (await mendsOf(sql, keys, importId)).cells
}

/** What is typed in place of cells, and how many rows were forgotten as another sheet was said; none once others are mended. @throws UnknownKey, DecryptionFailed */
export async function mendsOf(
  sql: Sql,
  keys: Keyring,
  importId: string,
): Promise<{ cells: MendedCells; forgotten: number }> {
  let all = { cells: {} as MendedCells, forgotten: 0 }
  for (const { seq, encrypted, keyId } of await piecesBefore(sql, importId)) {
    const plain = decryptBytes(keys, chunkContext(importId, seq), encrypted, keyId)
    const kept = JSON.parse(plain.toString()) as Kept
    all =
      kept === null
        ? { cells: {}, forgotten: Object.keys(all.cells).length }
        : { cells: withMended(all.cells, kept), forgotten: 0 }
  }
  return all
}

/** Keeps what was typed, encrypted; the import is locked. */
export async function keepMended(tx: Sql, keys: Keyring, importId: string, kept: Kept): Promise<void> {
  const before = await piecesBefore(tx, importId)
  const seq = -1 - before.length
  const encrypted = encryptBytes(keys, chunkContext(importId, seq), Buffer.from(JSON.stringify(kept)))
  await addChunk(tx, importId, seq, { encrypted, keyId: keys.keyId })
}

/** Rows of another sheet have other numbers: what was mended of them holds no more. */
export async function forgetMended(tx: Sql, keys: Keyring, importId: string): Promise<void> {
  if (Object.keys(await mendedOf(tx, keys, importId)).length > 0) await keepMended(tx, keys, importId, null)
}
