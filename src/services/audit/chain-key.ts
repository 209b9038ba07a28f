import { firstSealKeys, type SealKeys, unpackSealKeys } from '../../domain/audit/chain-keys.ts'
import { storedKeys } from '../vault/key-store.ts'
import { type MasterKey, masterInForce, unwrap } from '../vault/master-key.ts'
import type { Sql } from '../../db/pool.ts'
import { deriveKey } from '../vault/encryption.ts'

/**
 * The first key of the hash chain. It derives from the master key and is never stored, so the database's owner
 * cannot seal.
 */
export function auditKey(masterKey: Buffer): Buffer {
  return deriveKey(masterKey, 'audit')
}

/**
 * The keys of the chain: derived, or wrapped by the master key since its first replacement. To seal, ask under
 * the sealer's lock, since a block under a key just replaced would count as forged. @throws WrongMasterKey
 */
export async function sealKeys(sql: Sql, master: MasterKey): Promise<SealKeys> {
  const stored = await storedKeys(sql)
  const masterKey = masterInForce(master, stored)
  const trail = stored.find((k) => k.purpose === 'trail')
  return trail ? unpackSealKeys(unwrap(masterKey, trail)) : firstSealKeys(auditKey(masterKey))
}
