import type { Sql } from '../../db/pool.ts'
import { subjects } from '../../db/schema/index.ts'
import { columns, selectRow } from '../../db/select-columns.ts'
import { decryptPerson, type EncryptedSubject, encryptSubject, type Keyring } from '../vault/encryption.ts'

/**
 * The household of an obligation, encrypted anew for one that follows from it: an encrypted value decrypts in its own row alone
 * (ADR 8). Null where it has none, or none any more.
 */
export async function copySubject(
  tx: Sql,
  keys: Keyring,
  from: string,
  to: string,
): Promise<EncryptedSubject | null> {
  const stored = 'from subjects s where obligation = $1 and anonymised_wall is null'
  const found = await selectRow(tx, columns(subjects, 's', ['encrypted', 'keyId']), stored, [from])
  if (!found) return null
  return encryptSubject(keys, to, decryptPerson(keys, from, found.encrypted, found.keyId))
}
