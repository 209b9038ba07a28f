import { createCipheriv, createDecipheriv } from 'node:crypto'
import { freshBytes } from '../../db/fresh-bytes.ts'

const NONCE = 12
const TAG = 16
/** By so many bytes an encrypted value is longer than what it holds. */
export const OVERHEAD = NONCE + TAG

/** AES-256-GCM under a fresh nonce: nonce, tag, ciphertext. @param about the context: authenticated with the value, not stored in it */
export function encrypt(key: Buffer, plain: Buffer, about = ''): Buffer {
  const nonce = freshBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
  const body = [cipher.update(plain), cipher.final()]
  return Buffer.concat([nonce, cipher.getAuthTag(), ...body])
}

/** @throws when the key or `about` differs, or the value was changed */
export function decrypt(key: Buffer, encrypted: Buffer, about = ''): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, NONCE))
  decipher.setAAD(Buffer.from(about)).setAuthTag(encrypted.subarray(NONCE, NONCE + TAG))
  const plain = decipher.update(encrypted.subarray(NONCE + TAG))
  // GCM returns no bytes at the end; this only checks the tag.
  decipher.final()
  return plain
}
