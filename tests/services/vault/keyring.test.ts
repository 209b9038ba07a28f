import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  activateKey,
  addKey,
  destroyKeys,
  retireKeys,
  storedKeys,
} from '../../../src/services/vault/key-store.ts'
import { type LiveKeyring, liveKeyring } from '../../../src/engine/live-keyring.ts'
import { makeWrappedKey, loadKeyring } from '../../../src/services/vault/keyring.ts'
import { WrongMasterKey } from '../../../src/services/vault/master-key.ts'
import { inTransaction } from '../../../src/db/pool.ts'
import { makeKeyring, decryptBytes, encryptBytes } from '../../../src/services/vault/encryption.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { rolePools } from '../../support/scoped.ts'

const MASTER = Buffer.alloc(32, 7)
let database: TestDatabase
let live: LiveKeyring[]
beforeEach(async () => {
  database = await createTestDatabase()
  live = []
})
afterEach(async () => {
  for (const keys of live) await keys.stop()
  await database.drop()
})

async function start(pool = database.pool, everyMs = 20): Promise<LiveKeyring> {
  const keys = await liveKeyring(pool, MASTER, { everyMs })
  live.push(keys)
  return keys
}

async function rotateTo(): Promise<string> {
  const fresh = makeWrappedKey(MASTER, 'data')
  await addKey(database.pool, { ...fresh, state: 'next' }, Date.now())
  await inTransaction(database.pool, (tx) => activateKey(tx, fresh.id, 'data'))
  return fresh.id
}

test('the first start makes one key of each purpose, however many processes start at once', async () => {
  const rings = await Promise.all([start(), start(), start()])
  const stored = await storedKeys(database.pool)
  expect(stored.map((k) => `${k.purpose} ${k.state}`).sort()).toEqual(['data active', 'index active'])
  expect(new Set(rings.map((r) => r.keyId)).size).toBe(1)
  expect(rings[0]?.keyId).toMatch(/^dk_/)
  expect(rings[0]?.indexKeyId).toMatch(/^ik_/)
})

test('no key stands in the database in the clear', async () => {
  const keys = await start()
  const stored = await storedKeys(database.pool)
  expect(stored.length).toBeGreaterThan(0)
  for (const key of [...keys.data.values(), ...keys.index.values()])
    for (const { wrapped } of stored) expect(wrapped.includes(key)).toBe(false)
})

test('a value from before there were data keys still decrypts', async () => {
  const before = makeKeyring(MASTER)
  const encrypted = encryptBytes(before, 'a:b', Buffer.from('旧'))
  const keys = await start()
  expect(decryptBytes(keys, 'a:b', encrypted, before.keyId).toString()).toBe('旧')
  expect(decryptBytes(keys, 'a:b', encrypted, null).toString()).toBe('旧')
})

test('a wrong master key is noticed at the start', async () => {
  await start()
  await expect(loadKeyring(database.pool, Buffer.alloc(32, 8))).rejects.toThrow(WrongMasterKey)
  await expect(liveKeyring(database.pool, Buffer.alloc(32, 8))).rejects.toThrow(WrongMasterKey)
})

test('a wrapped key cannot be swapped for another', async () => {
  await start()
  await database.pool.query(
    `update data_keys set wrapped = (select wrapped from data_keys where purpose = 'index') where purpose = 'data'`,
  )
  await expect(loadKeyring(database.pool, MASTER)).rejects.toThrow(WrongMasterKey)
})

test('a running process learns a new key by itself', async () => {
  const keys = await start()
  const encrypted = encryptBytes(keys, 'a:b', Buffer.from('x'))
  const { keyId: before } = keys
  const fresh = await rotateTo()
  await expect.poll(() => keys.keyId).toBe(fresh)
  expect(decryptBytes(keys, 'a:b', encrypted, before).toString()).toBe('x')
})

test('a destroyed key decrypts nothing one period later', async () => {
  const keys = await start(database.pool, 60_000)
  const encrypted = encryptBytes(keys, 'a:b', Buffer.from('x'))
  const { keyId: before } = keys
  await rotateTo()
  await retireKeys(database.pool, 'data')
  expect(await destroyKeys(database.pool, 'data')).toEqual([before])
  await keys.refresh()
  expect(decryptBytes(keys, 'a:b', encrypted, before).toString()).toBe('x')
  await keys.refresh()
  expect(() => decryptBytes(keys, 'a:b', encrypted, before)).toThrow('no key')
  const row = (await storedKeys(database.pool)).find((k) => k.id === before)
  expect(row).toMatchObject({ state: 'retired', wrapped: Buffer.alloc(0) })
})

test('a process that may not write keys uses those there are', async () => {
  const pools = rolePools(database)
  try {
    const early = await start(pools.api)
    expect(early.keyId).toBe(early.legacyId)
    const owner = await start()
    await expect.poll(() => early.keyId).toBe(owner.keyId)
    await expect(
      addKey(pools.api, { ...makeWrappedKey(MASTER, 'data'), state: 'next' }, Date.now()),
    ).rejects.toThrow('permission denied')
  } finally {
    for (const keys of live.splice(0)) await keys.stop()
    await pools.end()
  }
})

test('an unreachable database leaves the known keys in use', async () => {
  const errors: Error[] = []
  const keys = await liveKeyring(database.pool, MASTER, { everyMs: 10, onError: (e) => errors.push(e) })
  live.push(keys)
  const { keyId } = keys
  await database.pool.query('alter table data_keys rename to hidden')
  await expect.poll(() => errors.length).toBeGreaterThan(0)
  expect(keys.keyId).toBe(keyId)
})
