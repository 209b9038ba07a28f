import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** The keys in force: one for sealing, one for blind indexes. Both derive from one master key. */
export type Keyring = { keyId: string; dataKey: Buffer; indexKey: Buffer }

/** What identifies a household. Sealed as one value: nothing reads one field of it alone. */
export type Person = { name: string; idNo: string; phone: string; village: string; detail: string }

const NONCE = 12
const TAG = 16

/** @param masterKey 32 bytes, from the environment or the data directory. */
export function makeKeyring(masterKey: Buffer): Keyring {
  if (masterKey.length !== 32) throw new Error('the master key must be 32 bytes')
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', masterKey, 'duban', purpose, 32))
  const keyId = createHash('sha256').update(derive('key-id')).digest('hex').slice(0, 8)
  return { keyId, dataKey: derive('data'), indexKey: derive('index') }
}

/** AES-256-GCM: nonce, tag, ciphertext. */
export function sealBytes(keys: Keyring, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', keys.dataKey, nonce)
  const body = cipher.update(plain)
  cipher.final()
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** @throws when the value was sealed with another key or was changed. */
export function openBytes(keys: Keyring, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', keys.dataKey, sealed.subarray(0, NONCE))
  decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()])
}

export function sealPerson(keys: Keyring, person: Person): Buffer {
  return sealBytes(keys, Buffer.from(JSON.stringify(person)))
}

export function openPerson(keys: Keyring, sealed: Buffer): Person {
  return JSON.parse(openBytes(keys, sealed).toString()) as Person
}

/** A keyed hash for looking a value up without reading it; null for an empty value. */
export function blindIndex(keys: Keyring, field: 'idNo' | 'phone' | 'content', value: string): Buffer | null {
  return value === ''
    ? null
    : createHmac('sha256', keys.indexKey).update(`${field}:${value}`).digest().subarray(0, 16)
}
