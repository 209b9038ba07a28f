import { hkdfSync } from 'node:crypto'

/** The key of the seals. It derives from the master key and never lies in the database: who owns that cannot seal. */
export function auditKey(masterKey: Buffer): Buffer {
  if (masterKey.length !== 32) throw new Error('the master key must be 32 bytes')
  return Buffer.from(hkdfSync('sha256', masterKey, 'duban', 'audit', 32))
}
