import type { Result } from '../../kinds/kind.ts'
import { insertRow } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import { resultTexts } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'
import { resultTextsContext } from '../vault/encryption-context.ts'
import { decryptBytes, encryptBytes, type Keyring } from '../vault/encryption.ts'

const TEXTS = columns(resultTexts, 't', ['obligation', 'encrypted', 'keyId'])

/** Keeps the texts of a result encrypted, over those of a result that was returned. */
export async function writeResultTexts(
  tx: Sql,
  keys: Keyring,
  obligation: string,
  texts: Result,
): Promise<void> {
  if (Object.keys(texts).length === 0) {
    await tx.query('delete from result_texts where obligation = $1', [obligation])
    return
  }
  const encrypted = encryptBytes(keys, resultTextsContext(obligation), Buffer.from(JSON.stringify(texts)))
  await insertRow(
    tx,
    resultTexts,
    { obligation, encrypted, keyId: keys.keyId },
    { onConflict: '(obligation) do update set encrypted = excluded.encrypted, key_id = excluded.key_id' },
  )
}

/** The texts of one result, by their fields; empty where it has none. The look-back of a launch stands here too (R12). */
export async function resultTextsOf(sql: Sql, keys: Keyring, obligation: string): Promise<Result> {
  const found = await selectRow(sql, TEXTS, 'from result_texts t where obligation = $1', [obligation])
  return found ? decryptTexts(keys, found) : {}
}

/** The texts of many results, by obligation; those that have none are not there. */
export async function textsOfResults(
  sql: Sql,
  keys: Keyring,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Result>> {
  const found = await selectRows(sql, TEXTS, 'from result_texts t where obligation = any($1)', [ids])
  return new Map(found.map((row) => [row.obligation, decryptTexts(keys, row)]))
}

function decryptTexts(keys: Keyring, { obligation, encrypted, keyId }: RowsOf<typeof TEXTS>): Result {
  return JSON.parse(decryptBytes(keys, resultTextsContext(obligation), encrypted, keyId).toString()) as Result
}
