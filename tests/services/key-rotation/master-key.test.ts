import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pruneAudit } from '../../../src/services/audit/prune.ts'
import { auditKey, sealKeys } from '../../../src/services/audit/chain-key.ts'
import { storedKeys } from '../../../src/services/vault/key-store.ts'
import { liveKeyring } from '../../../src/engine/live-keyring.ts'
import { loadKeyring } from '../../../src/services/vault/keyring.ts'
import { type MasterKey, opensAll, WrongMasterKey } from '../../../src/services/vault/master-key.ts'
import { DerivedKeysInUse, rotateMasterKey } from '../../../src/services/key-rotation/master-key.ts'
import { createPool, inTransaction, row, rows } from '../../../src/db/pool.ts'
import { rotateKeys } from '../../../src/services/key-rotation/data-keys.ts'
import { RotationRuns, underRotationLock } from '../../../src/services/key-rotation/lock.ts'
import { sealStream, takeSealerLock } from '../../../src/services/audit/chain.ts'
import {
  blindIndex,
  type Keyring,
  makeKeyring,
  decryptPerson,
  UnknownKey,
} from '../../../src/services/vault/encryption.ts'
import { verifyStream } from '../../../src/services/audit/verify.ts'
import { MS_PER_DAY } from '../../../src/domain/time/days.ts'
import { firstSealKeys } from '../../../src/domain/audit/chain-keys.ts'
import { startSealer } from '../../../src/engine/sealer.ts'
import { addEvents, isOver, nextTransaction, WALL } from '../../support/audit.ts'
import { createKeyedCounty, type KeyedCounty, MASTER } from '../../support/keyed-county.ts'
import { givenHouseholds, householdOf } from '../../support/households.ts'

const OLD = MASTER
const NEXT = Buffer.alloc(32, 8)
let county: KeyedCounty
let database: KeyedCounty['database']
let live: KeyedCounty['live']

beforeEach(async () => {
  county = await createKeyedCounty({ everyMs: 60_000 })
  ;({ database, live } = county)
})
afterEach(() => county.drop())

const rotate = (before = OLD, next = NEXT) => rotateMasterKey({ pool: database.pool, before, next })
const household = async (keys: Keyring, obligation: string) => {
  const found = await row<{ encrypted: Buffer; keyId: string }>(
    database.pool,
    'select encrypted, key_id as "keyId" from subjects where obligation = $1',
    [obligation],
  )
  return decryptPerson(keys, obligation, found!.encrypted, found!.keyId)
}
async function seal(master: MasterKey): Promise<number> {
  await isOver(database.pool, await nextTransaction(database.pool))
  return inTransaction(database.pool, async (tx) => {
    await takeSealerLock(tx)
    return (await sealStream(tx, 'audit', await sealKeys(tx, master), WALL, 2)).blocks
  })
}
const findings = (master: MasterKey = NEXT) =>
  inTransaction(database.pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    const found = await verifyStream(tx, 'audit', await sealKeys(tx, master))
    return found.map(({ kind, id, block }) => ({ kind, ...(id ? { id } : {}), ...(block ? { block } : {}) }))
  })

describe('replacing the master key', () => {
  test('leaves nothing that the old key opens, and everything opens under the new one', async () => {
    const [id = ''] = await givenHouseholds(database.pool, live)
    const { contentKey } = live
    expect(await rotate()).toMatchObject({ keys: 4 })
    const stored = await storedKeys(database.pool)
    expect(stored.map((k) => k.purpose).sort()).toEqual(['content', 'data', 'index', 'trail'])
    for (const key of stored) expect([opensAll(OLD, [key]), opensAll(NEXT, [key])]).toEqual([false, true])
    await expect(loadKeyring(database.pool, OLD)).rejects.toThrow(WrongMasterKey)
    await expect(sealKeys(database.pool, OLD)).rejects.toThrow(WrongMasterKey)
    const keys = await loadKeyring(database.pool, NEXT)
    expect(await household(keys, id)).toEqual(householdOf(1))
    const { idNo } = householdOf(1)
    expect(blindIndex(keys, 'idNo', idNo)).toEqual(blindIndex(live, 'idNo', idNo))
    // An export that comes again next year is held against hashes of this one.
    expect(keys.contentKey).toEqual(contentKey)
  })

  test('works again and again, and twice with the same key changes nothing', async () => {
    const [id = ''] = await givenHouseholds(database.pool, live)
    await rotate()
    expect(await rotate()).toMatchObject({ keys: 0 })
    const third = Buffer.alloc(32, 9)
    await rotate(NEXT, third)
    await expect(loadKeyring(database.pool, NEXT)).rejects.toThrow(WrongMasterKey)
    expect(await household(await loadKeyring(database.pool, third), id)).toEqual(householdOf(1))
    const noted = await rows<{ n: number }>(
      database.pool,
      "select count(*) as n from audit_events where action = 'key.master'",
    )
    expect(noted).toEqual([{ n: 2 }])
  })

  test('interrupted in the middle changes nothing, and the next call does it', async () => {
    const [id = ''] = await givenHouseholds(database.pool, live)
    const blocker = await database.pool.connect()
    await blocker.query('begin')
    await blocker.query("select from data_keys where purpose = 'index' for update")
    const cutOff = rotate().catch((error: Error) => error)
    const waiting = `select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%data_keys%'`
    await expect.poll(async () => (await rows(database.pool, waiting)).length).toBe(1)
    await database.pool.query(`select pg_terminate_backend(pid) from (${waiting}) w`)
    expect(await cutOff).toBeInstanceOf(Error)
    await blocker.query('rollback')
    blocker.release()
    expect(await household(await loadKeyring(database.pool, OLD), id)).toEqual(householdOf(1))
    await rotate()
    expect(await household(await loadKeyring(database.pool, NEXT), id)).toEqual(householdOf(1))
  })

  test('is refused with a wrong key or beside another rotation, and changes nothing', async () => {
    await expect(rotate(Buffer.alloc(32, 1))).rejects.toThrow(WrongMasterKey)
    await underRotationLock(database.pool, () => expect(rotate()).rejects.toThrow(RotationRuns))
    expect(opensAll(OLD, await storedKeys(database.pool))).toBe(true)
  })

  test('waits until no value uses a key derived from it', async () => {
    const [id = ''] = await givenHouseholds(database.pool, makeKeyring(OLD))
    await expect(rotate()).rejects.toThrow(DerivedKeysInUse)
    for (const purpose of ['data', 'index'] as const)
      await rotateKeys({ pool: database.pool, masterKey: OLD, purpose, reloadMs: 10 })
    await rotate()
    expect(await household(await loadKeyring(database.pool, NEXT), id)).toEqual(householdOf(1))
  })

  test('does not disturb a service that has both keys, which then learns the next data key', async () => {
    const both = await liveKeyring(database.pool, () => [NEXT, OLD], { everyMs: 10 })
    const [id = ''] = await givenHouseholds(database.pool, both)
    await rotate()
    const { active } = await rotateKeys({
      pool: database.pool,
      masterKey: NEXT,
      purpose: 'data',
      reloadMs: 20,
    })
    await expect.poll(() => both.keyId).toBe(active)
    expect(await household(both, id)).toEqual(householdOf(1))
    await both.stop()
  })

  test('leaves a service with the old key running on its keys in memory, and it says that it learns no new ones', async () => {
    const [id = ''] = await givenHouseholds(database.pool, live)
    await rotate()
    await expect(live.refresh()).rejects.toThrow(WrongMasterKey)
    expect(await household(live, id)).toEqual(householdOf(1))
    await rotateKeys({ pool: database.pool, masterKey: NEXT, purpose: 'data', reloadMs: 10 })
    await expect(household(live, id)).rejects.toThrow(UnknownKey)
  })
})

describe('the audit trail across a new master key', () => {
  beforeEach(async () => {
    await addEvents(database.pool, 4)
    expect(await seal(OLD)).toBe(2)
    await rotate()
    await addEvents(database.pool, 3)
    expect(await seal(NEXT)).toBe(2)
  })

  test('is whole on both sides', async () => {
    expect(await findings()).toEqual([])
  })

  test('reveals tampering on both sides', async () => {
    await database.pool.query("update audit_events set actor = 'pe_9' where id in (2, 7)")
    await database.pool.query('delete from audit_events where id = 3')
    expect(await findings()).toEqual([
      { kind: 'deleted', id: 3, block: 2 },
      { kind: 'edited', id: 2, block: 1 },
      { kind: 'edited', id: 7, block: 4 },
    ])
  })

  test('cannot be rewritten with the old key, since the new one names where the old ended', async () => {
    await database.pool.query("delete from audit_blocks; update audit_events set actor = 'pe_9' where id = 2")
    await isOver(database.pool, await nextTransaction(database.pool))
    await inTransaction(database.pool, (tx) => sealStream(tx, 'audit', firstSealKeys(auditKey(OLD)), WALL, 2))
    expect(await findings()).toEqual([
      { kind: 'chain-rewritten', block: 2 },
      { kind: 'chain-rewritten', block: 3 },
    ])
    // Without the list of keys it is no better: the one derived from the new master key nobody has.
    await database.pool.query("delete from data_keys where purpose = 'trail'")
    expect(await findings()).toEqual([{ kind: 'chain-rewritten', block: 1 }])
  })

  test('cannot be cut off before the change either', async () => {
    await database.pool.query(
      'delete from audit_blocks where number > 1; delete from audit_events where id > 2',
    )
    expect(await findings()).toEqual([{ kind: 'cut-off', block: 2 }])
  })

  test('stays pruned where it was pruned, under the newest key', async () => {
    const now = WALL + 200 * MS_PER_DAY
    const asked = { before: WALL + MS_PER_DAY, wallNow: now, actor: 'owner', heads: [] }
    expect(await pruneAudit(database.pool, NEXT, asked)).toMatchObject({ through: 3 })
    const third = randomBytes(32)
    await rotate(NEXT, third)
    await seal(third)
    expect(await findings(third)).toEqual([])
    await database.pool.query('update audit_checkpoints set number = 2')
    expect((await findings(third))[0]).toEqual({ kind: 'block-edited', block: 2 })
  })

  test('is not sealed by a sealer with the old key, which says so once', async () => {
    const logged: string[] = []
    const log = pino(
      { level: 'warn' },
      new Writable({ write: (chunk, _, done) => (logged.push(String(chunk)), done()) }),
    )
    const worker = createPool(database.url, { role: 'duban_worker' })
    await addEvents(database.pool, 2)
    const sealer = startSealer({ pool: worker, masterKey: OLD, log, publish: null })
    await expect(sealer.sealNow()).rejects.toThrow(WrongMasterKey)
    await expect.poll(() => logged.join('')).toContain('the master key was replaced')
    await sealer.stop()
    const now = startSealer({ pool: worker, masterKey: () => [NEXT, OLD], log, publish: null })
    await expect
      .poll(async () => {
        await now.sealNow()
        return (await rows(worker, "select from audit_blocks where stream = 'audit'")).length
      })
      .toBe(5)
    await now.stop()
    await worker.end()
    expect(await findings()).toEqual([])
  })
})
