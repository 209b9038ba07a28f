import { firstSealKeys, type SealKeys, unpackSealKeys } from '../../domain/audit/chain-keys.ts'
import { storedKeys } from '../vault/key-store.ts'
import { type MasterKey, masterInForce, unwrap } from '../vault/master-key.ts'
import type { Sql } from '../../db/pool.ts'
import { deriveKey } from '../vault/encryption.ts'

/** The first key of the seals. It derives from the master key and never lies in the database: who owns that cannot seal. */
export function auditKey(masterKey: Buffer): Buffer {
  return deriveKey(masterKey, 'audit')
}

/**
 * The keys of the seals: derived, or since the master key was replaced for the first time, wrapped by it. To seal, ask under
 * the sealer's lock: a block under a key that was replaced a moment ago would count as forged.
 * @throws WrongMasterKey
 */
export async function sealKeys(sql: Sql, master: MasterKey): Promise<SealKeys> {
  const stored = await storedKeys(sql)
  const masterKey = masterInForce(master, stored)
  const trail = stored.find((k) => k.purpose === 'trail')
  return trail ? unpackSealKeys(unwrap(masterKey, trail)) : firstSealKeys(auditKey(masterKey))
}
