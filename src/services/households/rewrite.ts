import type { Sql } from '../../db/pool.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { subjects } from '../../db/schema/index.ts'
import { encryptSubject, type Keyring, type Person } from '../vault/encryption.ts'

/** Writes what is known of households now over what was known, with their keyed hashes. The caller writes the history. */
export async function rewriteHouseholds(
  tx: Sql,
  keys: Keyring,
  households: readonly { obligation: string; person: Person }[],
): Promise<void> {
  const encrypted = households.map(({ obligation, person }) => ({
    obligation,
    ...encryptSubject(keys, obligation, person),
  }))
  await insertRows(tx, subjects, encrypted, {
    onConflict: `(obligation) do update set encrypted = excluded.encrypted, key_id = excluded.key_id,
      id_no_index = excluded.id_no_index, phone_index = excluded.phone_index, index_key_id = excluded.index_key_id`,
  })
}
