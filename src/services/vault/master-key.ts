import type { StoredKey } from './key-store.ts'
import { decrypt, encrypt } from './aes.ts'
import { deriveKey } from './encryption.ts'

/** One key or, while it is being replaced, all candidates; asked each time one is needed. */
export type MasterKey = Buffer | (() => readonly Buffer[])

/** Thrown when the keys in the database were wrapped by another master key. */
export class WrongMasterKey extends Error {
  constructor() {
    super(
      '主密钥与数据库不符:库中的数据密钥是用另一把主密钥封装的。请恢复原来的 DUBAN_MASTER_KEY(或数据目录中的 master-key 文件);若正在更换主密钥,请把原来的一把写在 DUBAN_MASTER_KEY_OLD;若已经更换,请用新的主密钥重新启动。',
    )
    this.name = 'WrongMasterKey'
  }
}

type Named = Pick<StoredKey, 'id' | 'purpose'>

/** Wraps the bytes of a key by the master key and binds its id and purpose to them. */
export function wrap(masterKey: Buffer, { id, purpose }: Named, bytes: Buffer): Buffer {
  return encrypt(deriveKey(masterKey, 'wrap'), bytes, `${purpose}:${id}`)
}

/** @throws WrongMasterKey also when the wrapped key was changed or swapped */
export function unwrap(
  masterKey: Buffer,
  { id, purpose, wrapped }: Pick<StoredKey, 'id' | 'purpose' | 'wrapped'>,
): Buffer {
  try {
    return decrypt(deriveKey(masterKey, 'wrap'), wrapped, `${purpose}:${id}`)
  } catch {
    throw new WrongMasterKey()
  }
}

/** The candidate that decrypts what is stored; the first when nothing is stored yet. @throws WrongMasterKey */
export function masterInForce(master: MasterKey, stored: readonly StoredKey[]): Buffer {
  const known = typeof master === 'function' ? master() : [master]
  const found = known.find((masterKey) => opensAll(masterKey, stored))
  if (!found) throw new WrongMasterKey()
  return found
}

/** Destroyed keys have nothing left to open. */
export function opensAll(masterKey: Buffer, stored: readonly StoredKey[]): boolean {
  try {
    for (const key of stored) if (key.wrapped.length > 0) unwrap(masterKey, key)
    return true
  } catch (error) {
    if (error instanceof WrongMasterKey) return false
    throw error
  }
}
