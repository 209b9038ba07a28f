import type { Sql } from '../../db/pool.ts'
import { decryptBytes, encryptBytes, type Keyring } from '../vault/encryption.ts'
import { withdrawalContext } from '../vault/encryption-context.ts'

type Stored = { encrypted: Buffer | null; keyId: string | null }

/** Why a warning is withdrawn, as it is stored; nothing for null. */
export function encryptedReason(keys: Keyring, importId: string, reason: string | null): Stored {
  if (reason === null) return { encrypted: null, keyId: null }
  return {
    encrypted: encryptBytes(keys, withdrawalContext(importId), Buffer.from(reason)),
    keyId: keys.keyId,
  }
}

/** Null where nobody gave one. @throws UnknownKey, DecryptionFailed */
export function reasonOf(keys: Keyring, importId: string, { encrypted, keyId }: Stored): string | null {
  return encrypted && decryptBytes(keys, withdrawalContext(importId), encrypted, keyId).toString()
}

/** What whoever confirms says of the withdrawals for which the file gives no reason. */
export async function giveReason(tx: Sql, keys: Keyring, importId: string, reason: string): Promise<void> {
  const { encrypted, keyId } = encryptedReason(keys, importId, reason)
  await tx.query(
    `update import_withdrawals set encrypted = $2, key_id = $3
      where import = $1 and state = 'open' and encrypted is null`,
    [importId, encrypted, keyId],
  )
}
