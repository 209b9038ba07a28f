import { describe, expect, test } from 'vitest'
import {
  blindIndex,
  lookUpIndexes,
  makeKeyring,
  decryptBytes,
  decryptPerson,
  type Keyring,
  reencrypt,
  encryptBytes,
  DecryptionFailed,
  encryptSubject,
  UnknownKey,
} from '../../../src/services/vault/encryption.ts'
import { decrypt, encrypt } from '../../../src/services/vault/aes.ts'

const HERE = 'subjects:ob_1'
const MASTER = Buffer.alloc(32, 7)
const PERSON = {
  name: '张测试某',
  idNo: '619999195001012163',
  phone: '19912348219',
  village: '村',
  detail: '',
}
const legacy = makeKeyring(MASTER)
/** The legacy key, and a younger one in force. */
const keys: Keyring = {
  ...legacy,
  keyId: 'dk_new',
  indexKeyId: 'ik_new',
  data: new Map([...legacy.data, ['dk_new', Buffer.alloc(32, 1)]]),
  index: new Map([...legacy.index, ['ik_new', Buffer.alloc(32, 2)]]),
}

describe('an encrypted value', () => {
  test('decrypts under the key named beside it, and under no other', () => {
    const { encrypted, keyId } = encryptSubject(keys, 'ob_1', PERSON)
    expect(keyId).toBe('dk_new')
    expect(decryptPerson(keys, 'ob_1', encrypted, keyId)).toEqual(PERSON)
    expect(() => decryptPerson(keys, 'ob_1', encrypted, legacy.keyId)).toThrow()
    expect(() => decryptPerson(legacy, 'ob_1', encrypted, keyId)).toThrow(UnknownKey)
  })

  test('without a key beside it is from before there were data keys', () => {
    expect(decryptBytes(keys, HERE, encryptBytes(legacy, HERE, Buffer.from('旧')), null).toString()).toBe(
      '旧',
    )
  })

  test('is never the same twice, and a changed bit is noticed', () => {
    const one = encryptBytes(keys, HERE, Buffer.from('x'))
    expect(one.equals(encryptBytes(keys, HERE, Buffer.from('x')))).toBe(false)
    for (let at = 0; at < one.length; at++) {
      const changed = Buffer.from(one)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => decryptBytes(keys, HERE, changed, 'dk_new')).toThrow()
    }
  })

  test('is re-encrypted only when its key is no longer active', () => {
    const old = { encrypted: encryptBytes(legacy, HERE, Buffer.from('x')), keyId: null }
    const anew = reencrypt(keys, HERE, old)
    expect(anew.keyId).toBe('dk_new')
    expect(decryptBytes(keys, HERE, anew.encrypted, anew.keyId).toString()).toBe('x')
    expect(reencrypt(keys, HERE, anew).encrypted).toBe(anew.encrypted)
  })

  test('decrypts only in its encryption context', () => {
    const elsewhere = encryptBytes(keys, 'subjects:ob_2', Buffer.from('x'))
    expect(() => decryptBytes(keys, HERE, elsewhere, 'dk_new')).toThrow(DecryptionFailed)
    const old = encryptBytes(legacy, 'subjects:ob_2', Buffer.from('x'))
    expect(() => reencrypt(keys, HERE, { encrypted: old, keyId: null })).toThrow(DecryptionFailed)
  })

  test('from before there were contexts still decrypts, and gets a context when re-encrypted', () => {
    const unbound = encrypt(legacy.data.get(legacy.keyId)!, Buffer.from('x'))
    expect(decryptBytes(keys, HERE, unbound, null).toString()).toBe('x')
    const { encrypted, keyId } = reencrypt(keys, HERE, { encrypted: unbound, keyId: null })
    expect(decryptBytes(keys, HERE, encrypted, keyId).toString()).toBe('x')
    expect(() => decryptBytes(keys, 'subjects:ob_2', encrypted, keyId)).toThrow(DecryptionFailed)
  })

  test('of a key is bound to its id and purpose', () => {
    const key = Buffer.alloc(32, 3)
    const encrypted = encrypt(key, Buffer.from('k'), 'data:dk_1')
    expect(decrypt(key, encrypted, 'data:dk_1').toString()).toBe('k')
    expect(() => decrypt(key, encrypted, 'data:dk_2')).toThrow()
  })
})

describe('a keyed hash', () => {
  test('is made under the active index key and found under every live one', () => {
    const under = (ring: Keyring) => blindIndex(ring, 'idNo', PERSON.idNo)?.toString('hex')
    const found = lookUpIndexes(keys, 'idNo', PERSON.idNo).map((h) => h.toString('hex'))
    expect(under(keys)).not.toBe(under(legacy))
    expect(found.sort()).toEqual([under(keys), under(legacy)].sort())
  })

  test('of a number differs from that of a phone, and an empty value has none', () => {
    expect(blindIndex(keys, 'idNo', '1')).not.toEqual(blindIndex(keys, 'phone', '1'))
    expect(blindIndex(keys, 'phone', '')).toBeNull()
  })

  test("of a row's content stays the same when the index key rotates", () => {
    expect(blindIndex(keys, 'content', 'row')).toEqual(blindIndex(legacy, 'content', 'row'))
  })
})
