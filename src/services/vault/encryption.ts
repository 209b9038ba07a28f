import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { decrypt, encrypt } from './aes.ts'
import { householdOf, type Where } from './encryption-context.ts'

/**
 * The keys in force. The active key of each purpose encrypts; the others only decrypt. A live keyring
 * (vault/keyring.ts) changes between two event-loop turns, never within one, so read `keyId` where you encrypt.
 */
export type Keyring = {
  /** The active data key. */
  keyId: string
  /** The active index key. */
  indexKeyId: string
  /** The id of the key derived from the master key. Values from before there were data keys carry it, or none. */
  legacyId: string
  data: ReadonlyMap<string, Buffer>
  index: ReadonlyMap<string, Buffer>
  /** For hashes of a row's content. It does not rotate, since hashes are compared over years. */
  contentKey: Buffer
}

/** What identifies a household. It is encrypted as one value, since nothing reads one field alone. */
export type Person = { name: string; idNo: string; phone: string; village: string; detail: string }

/**
 * Thrown when a value names a key that this process lacks: the key is newer than the process's keyring, or
 * destroyed.
 */
export class UnknownKey extends Error {
  readonly keyId: string
  constructor(keyId: string) {
    super(`no key ${keyId}`)
    this.name = 'UnknownKey'
    this.keyId = keyId
  }
}

/** Thrown when a value was changed, or stands in another place than it was encrypted for. */
export class DecryptionFailed extends Error {
  readonly where: Where
  constructor(where: Where) {
    super(`the encrypted value of ${where} was changed, or is another one's`)
    this.name = 'DecryptionFailed'
    this.where = where
  }
}

/** A value and the id of the key that decrypts it; null from before there were data keys. */
export type EncryptedValue = { encrypted: Buffer; keyId: string | null }

/** A household as it is stored: decrypted as a whole, looked up by the keyed hash of a number. */
export type EncryptedSubject = {
  encrypted: Buffer
  keyId: string
  idNoIndex: Buffer | null
  phoneIndex: Buffer | null
  /** Null from before there were index keys. */
  indexKeyId: string | null
}

/** Derives a key for one purpose from the master key. @param masterKey 32 bytes */
export function deriveKey(masterKey: Buffer, purpose: string): Buffer {
  if (masterKey.length !== 32) throw new Error('the master key must be 32 bytes')
  return Buffer.from(hkdfSync('sha256', masterKey, 'duban', purpose, 32))
}

/**
 * The keys derived from the master key alone: for tests, and until the first data keys are made. @param
 * masterKey 32 bytes, from the environment or the data directory
 */
export function makeKeyring(masterKey: Buffer): Keyring {
  const legacyId = createHash('sha256').update(deriveKey(masterKey, 'key-id')).digest('hex').slice(0, 8)
  const index = deriveKey(masterKey, 'index')
  return {
    keyId: legacyId,
    indexKeyId: legacyId,
    legacyId,
    data: new Map([[legacyId, deriveKey(masterKey, 'data')]]),
    index: new Map([[legacyId, index]]),
    contentKey: index,
  }
}

/** AES-256-GCM under the active data key: nonce, tag, ciphertext. Store `keys.keyId` beside it. */
export function encryptBytes(keys: Keyring, where: Where, plain: Buffer): Buffer {
  return encrypt(keyOf(keys.data, keys.keyId), plain, where)
}

/**
 * @param keyId as it stands beside the value; null for values from before there were data keys @throws
 * UnknownKey, DecryptionFailed
 */
export function decryptBytes(keys: Keyring, where: Where, encrypted: Buffer, keyId?: string | null): Buffer {
  const key = keyOf(keys.data, keyId ?? keys.legacyId)
  try {
    return decrypt(key, encrypted, where)
  } catch {
    return decryptUnbound(key, where, encrypted)
  }
}

/**
 * Decrypts a value from before encryption contexts existed. A value with a context cannot be decrypted like
 * this, and newer keys have no such values.
 */
function decryptUnbound(key: Buffer, where: Where, encrypted: Buffer): Buffer {
  try {
    return decrypt(key, encrypted)
  } catch {
    throw new DecryptionFailed(where)
  }
}

/** The value under the active key, re-encrypted if needed. */
export function reencrypt(
  keys: Keyring,
  where: Where,
  value: EncryptedValue,
): { encrypted: Buffer; keyId: string } {
  const { encrypted, keyId } = value
  if (keyId === keys.keyId) return { encrypted, keyId }
  return {
    encrypted: encryptBytes(keys, where, decryptBytes(keys, where, encrypted, keyId)),
    keyId: keys.keyId,
  }
}

/** Encrypts the household of an obligation under the active keys. */
export function encryptSubject(
  keys: Keyring,
  obligation: string,
  person: Person,
): EncryptedSubject & { indexKeyId: string } {
  return {
    encrypted: encryptPerson(keys, obligation, person),
    keyId: keys.keyId,
    ...blindIndexes(keys, person),
  }
}

/** The household's keyed hashes under the active index key; of several telephone numbers, the first. */
export function blindIndexes(keys: Keyring, { idNo, phone }: Person) {
  return {
    idNoIndex: blindIndex(keys, 'idNo', idNo),
    phoneIndex: blindIndex(keys, 'phone', phone.split('/')[0] ?? ''),
    indexKeyId: keys.indexKeyId,
  }
}

export function encryptPerson(keys: Keyring, obligation: string, person: Person): Buffer {
  return encryptBytes(keys, householdOf(obligation), Buffer.from(JSON.stringify(person)))
}

/** @throws UnknownKey, DecryptionFailed */
export function decryptPerson(
  keys: Keyring,
  obligation: string,
  encrypted: Buffer,
  keyId?: string | null,
): Person {
  return JSON.parse(decryptBytes(keys, householdOf(obligation), encrypted, keyId).toString()) as Person
}

/**
 * A keyed hash for looking a value up without reading it; null for an empty value. Store `keys.indexKeyId`
 * beside it (not for `content`).
 */
export function blindIndex(keys: Keyring, field: 'idNo' | 'phone' | 'content', value: string): Buffer | null {
  if (value === '') return null
  const key = field === 'content' ? keys.contentKey : keyOf(keys.index, keys.indexKeyId)
  return keyedHash(key, field, value)
}

/** The value's hash under every live index key, since a row may still be under the old key during a rotation. */
export function lookUpIndexes(keys: Keyring, field: 'idNo' | 'phone', value: string): Buffer[] {
  return [...keys.index.values()].map((key) => keyedHash(key, field, value))
}

function keyedHash(key: Buffer, field: string, value: string): Buffer {
  return createHmac('sha256', key).update(`${field}:${value}`).digest().subarray(0, 16)
}

function keyOf(keys: ReadonlyMap<string, Buffer>, id: string): Buffer {
  const key = keys.get(id)
  if (!key) throw new UnknownKey(id)
  return key
}
