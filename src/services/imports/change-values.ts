import type { Person } from '../vault/encryption.ts'
import { decryptBytes, encryptBytes, type Keyring } from '../vault/encryption.ts'
import { changeContext } from '../vault/encryption-context.ts'

/** A household as it was and as the row has it. */
export type Households = { before: Person; after: Person }

/** Two versions of a household, encrypted for their row of `import_changes`. */
export function encryptHouseholds(
  keys: Keyring,
  importId: string,
  row: number,
  households: Households,
): { encrypted: Buffer; keyId: string } {
  const plain = Buffer.from(JSON.stringify(households))
  return { encrypted: encryptBytes(keys, changeContext(importId, row), plain), keyId: keys.keyId }
}

/** Null once the change was dismissed. @throws UnknownKey, DecryptionFailed */
export function decryptHouseholds(
  keys: Keyring,
  importId: string,
  { row, encrypted, keyId }: { row: number; encrypted: Buffer | null; keyId: string | null },
): Households | null {
  if (encrypted === null) return null
  return JSON.parse(
    decryptBytes(keys, changeContext(importId, row), encrypted, keyId).toString(),
  ) as Households
}
