import { deriveKey } from './sealing.ts'

/** The key of the seals. It derives from the master key and never lies in the database: who owns that cannot seal. */
export function auditKey(masterKey: Buffer): Buffer {
  return deriveKey(masterKey, 'audit')
}
