import type { Sql } from '../../db/pool.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { subjects } from '../../db/schema/index.ts'
import { encryptSubject, type Keyring, type Person } from '../vault/encryption.ts'

/** Writes what is known of a household now over what was known, with its keyed hashes. The caller writes the history. */
export async function rewriteHousehold(
  tx: Sql,
  keys: Keyring,
  obligation: string,
  person: Person,
): Promise<void> {
  await insertRow(
    tx,
    subjects,
    { obligation, ...encryptSubject(keys, obligation, person) },
    {
      onConflict: `(obligation) do update set encrypted = excluded.encrypted, key_id = excluded.key_id,
        id_no_index = excluded.id_no_index, phone_index = excluded.phone_index, index_key_id = excluded.index_key_id`,
    },
  )
}
