import { setTimeout as sleep } from 'node:timers/promises'
import { getTableName } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { enrolTotp } from '../../../src/services/access/credentials.ts'
import { storedKeys } from '../../../src/services/vault/key-store.ts'
import { loadKeyring } from '../../../src/services/vault/keyring.ts'
import { newId } from '../../../src/db/ids.ts'
import { row, rows } from '../../../src/db/pool.ts'
import { addRun } from '../../../src/services/bulk-runs/store.ts'
import { rotateKeys, type RotationStep } from '../../../src/services/key-rotation/data-keys.ts'
import { encryptedFindings, NO_FINDINGS } from '../../../src/services/imports/findings.ts'
import { updateImport } from '../../../src/services/imports/store.ts'
import { RotationRuns } from '../../../src/services/key-rotation/lock.ts'
import { ENCRYPTED_PLACES, usesOf } from '../../../src/services/key-rotation/store.ts'
import { totpContext } from '../../../src/services/vault/encryption-context.ts'
import {
  type Keyring,
  lookUpIndexes,
  makeKeyring,
  decryptBytes,
  decryptPerson,
  DecryptionFailed,
  encryptBytes,
} from '../../../src/services/vault/encryption.ts'
import { createKeyedCounty, type KeyedCounty, MASTER, START } from '../../support/keyed-county.ts'
import {
  givenHouseholds,
  givenPapers,
  givenReveal,
  givenRoster,
  givenScreened,
  givenUpload,
  householdOf,
  submitted,
  valuesIn,
} from '../../support/households.ts'
import { personWith, rolePools } from '../../support/scoped.ts'

let county: KeyedCounty
let database: KeyedCounty['database']
let live: KeyedCounty['live']

beforeEach(async () => {
  county = await createKeyedCounty({ everyMs: 10 })
  ;({ database, live } = county)
})
afterEach(() => county.drop())

function rotate(purpose: 'data' | 'index', onProgress: (step: RotationStep) => void = () => undefined) {
  return rotateKeys({ pool: database.pool, masterKey: MASTER, purpose, onProgress, reloadMs: 20 })
}

/** One value in every place there is. @returns the obligation behind the household numbered `n` */
async function fillEveryPlace(keys: Keyring, n: number): Promise<string> {
  const [id = ''] = await givenHouseholds(database.pool, keys, { from: n })
  await submitted(database.pool, keys, id, '家里有人住院')
  await givenUpload(database.pool, keys, 20)
  await givenReveal(database.pool, keys, { obligation: id })
  await givenScreened(database.pool, keys, id, n)
  await givenPapers(database.pool, keys, id)
  await givenRoster(database.pool, keys, n)
  await givenBulkRun(keys, id)
  const role = n % 2 ? 'town-officer' : 'town-head'
  const person = await personWith(database.pool, role, 'sn.ak.zy.maoba')
  const totpEncrypted = encryptBytes(keys, totpContext(person), Buffer.from('secret'))
  await enrolTotp(database.pool, person, { totpEncrypted, totpKeyId: keys.keyId }, START)
  return id
}

/** One that goes on: what was typed is kept until its end. */
async function givenBulkRun(keys: Keyring, id: string): Promise<void> {
  const asked = { askedAt: START, askedWall: START, actor: 'test', actorKind: 'person' } as const
  const action = { action: 'cancel', reason: '重复登记' } as const
  const run = { id: newId('br'), ...asked, permissions: [], roles: [], action }
  await addRun(database.pool, keys, run, [{ id, version: 1 }])
}

async function openAll(keys: Keyring): Promise<string[]> {
  const opened: string[] = []
  for (const place of ENCRYPTED_PLACES)
    for (const { where, encrypted, keyId } of await valuesIn(database.pool, place))
      opened.push(`${getTableName(place.table)} ${decryptBytes(keys, where, encrypted, keyId).toString()}`)
  return opened.sort()
}

test('an encrypted value of any table decrypts in its own row only, before and after a rotation', async () => {
  for (const n of [1, 2]) await fillEveryPlace(live, n)
  for (const keys of [live, null]) {
    if (!keys) await rotate('data')
    const ring = keys ?? (await loadKeyring(database.pool, MASTER))
    for (const place of ENCRYPTED_PLACES) {
      const values = await valuesIn(database.pool, place)
      expect(values.length, getTableName(place.table)).toBeGreaterThan(1)
      for (const { where } of values)
        for (const other of values.filter((v) => v.where !== where))
          expect(() => decryptBytes(ring, where, other.encrypted, other.keyId), where).toThrow(
            DecryptionFailed,
          )
      expect(new Set(values.map((v) => v.where)).size, getTableName(place.table)).toBe(values.length)
    }
  }
})

describe('rotating the data key', () => {
  test('re-encrypts every value under whatever key, and destroys the old key', async () => {
    await fillEveryPlace(makeKeyring(MASTER), 1)
    await database.pool.query('update events set key_id = null')
    await fillEveryPlace(live, 2)
    const before = await openAll(live)
    const { keyId: old } = live
    const done = await rotate('data')
    expect(done).toMatchObject({ destroyed: [old], values: before.length })
    const uses = await usesOf(database.pool, 'data')
    expect(new Set(uses.map((u) => u.table))).toEqual(
      new Set(ENCRYPTED_PLACES.map((p) => getTableName(p.table))),
    )
    expect(uses.filter((u) => u.keyId !== done.active)).toEqual([])
    const now = await loadKeyring(database.pool, MASTER)
    expect(now.data.has(old)).toBe(false)
    expect(await openAll(now)).toEqual(before)
  })

  test('processes and counts more values than fit one batch', async () => {
    await givenHouseholds(database.pool, live, { count: 2_300 })
    const steps: RotationStep[] = []
    expect((await rotate('data', (step) => steps.push(step))).values).toBe(2_300)
    const swept = steps.filter((s) => s.step === 'sweep')
    expect(swept.map((s) => [s.done, s.total])).toEqual([
      [1_000, 2_300],
      [2_000, 2_300],
      [2_300, 2_300],
    ])
  })

  test('stops at a value that was moved, and finishes once it is back', async () => {
    const [one = '', two = ''] = await givenHouseholds(database.pool, live, { count: 2 })
    const exchange = () =>
      database.pool.query(
        `update subjects s set encrypted = o.encrypted from subjects o
          where s.obligation in ($1, $2) and o.obligation in ($1, $2) and o.obligation <> s.obligation`,
        [one, two],
      )
    await exchange()
    await expect(rotate('data')).rejects.toThrow(DecryptionFailed)
    await exchange()
    expect((await rotate('data')).values).toBe(2)
  })

  const stops: RotationStep['step'][] = ['announce', 'adopt', 'sweep']
  test.each(stops)('interrupted at “%s” is finished by the next call', async (where) => {
    await givenHouseholds(database.pool, live, { count: 3 })
    const before = await openAll(live)
    const cutOff = rotate('data', ({ step }) => {
      if (step === where) throw new Error('power cut')
    })
    await expect(cutOff).rejects.toThrow('power cut')
    const { active } = await rotate('data')
    const keys = (await storedKeys(database.pool)).filter((k) => k.purpose === 'data')
    expect(keys.map((k) => k.state).sort()).toEqual(['active', 'retired'])
    expect((await usesOf(database.pool, 'data')).map((u) => u.keyId)).toEqual([active])
    expect(await openAll(await loadKeyring(database.pool, MASTER))).toEqual(before)
  })

  test('waits for whoever has read under the old key, and re-encrypts what they write', async () => {
    const [one = ''] = await givenHouseholds(database.pool, live, { count: 2 })
    const slow = await database.pool.connect()
    await slow.query('begin')
    // It has read only: no transaction number tells of it yet.
    const copy = await row<{ encrypted: Buffer; keyId: string }>(
      slow,
      'select encrypted, key_id as "keyId" from subjects where obligation = $1',
      [one],
    )
    let waited = false
    const rotating = rotate('data', ({ step }) => (waited ||= step === 'wait'))
    await expect.poll(() => waited).toBe(true)
    await slow.query('update subjects set encrypted = $2, key_id = $3 where obligation = $1', [
      one,
      copy?.encrypted,
      copy?.keyId,
    ])
    await slow.query('commit')
    slow.release()
    const { active } = await rotating
    expect((await usesOf(database.pool, 'data')).map((u) => u.keyId)).toEqual([active])
    expect(await openAll(await loadKeyring(database.pool, MASTER))).toHaveLength(2)
  })

  test('refuses values that a sleeping process encrypts under the destroyed key', async () => {
    const asleep = await loadKeyring(database.pool, MASTER)
    const pools = rolePools(database)
    const [id = ''] = await givenHouseholds(database.pool, live)
    await rotate('data')
    await expect(givenHouseholds(pools.worker, asleep, { from: 2 })).rejects.toThrow('was retired')
    await expect(submitted(pools.worker, asleep, id, '说明')).rejects.toThrow('was retired')
    await expect(givenUpload(pools.worker, asleep, 1)).rejects.toThrow('was retired')
    const upload = await givenUpload(pools.worker, live, 1)
    const findings = encryptedFindings(asleep, upload, { ...NO_FINDINGS, names: ['姓名'] })
    await expect(updateImport(pools.worker, upload, findings)).rejects.toThrow('was retired')
    const totp = {
      totpEncrypted: encryptBytes(asleep, 'credentials:x', Buffer.from('x')),
      totpKeyId: asleep.keyId,
    }
    const person = await personWith(database.pool, 'town-officer', 'sn.ak.zy.maoba')
    await expect(enrolTotp(pools.gate, person, totp, START)).rejects.toThrow('was retired')
    await pools.end()
  })

  test('is done by one command at a time', async () => {
    let second: Promise<unknown> | undefined
    await rotate('data', ({ step }) => {
      if (step === 'announce') second = rotate('index').catch((error: Error) => error)
    })
    expect(await second).toBeInstanceOf(RotationRuns)
  })

  test('twice leaves two destroyed keys', async () => {
    await givenHouseholds(database.pool, live)
    const first = await rotate('data')
    const { destroyed } = await rotate('data')
    expect(destroyed).toEqual([first.active])
  })
})

describe('rotating the index key', () => {
  const found = async (keys: Keyring, n: number) =>
    (
      await rows<{ obligation: string }>(
        database.pool,
        'select obligation from subjects where id_no_index = any($1) and phone_index = any($2)',
        [
          lookUpIndexes(keys, 'idNo', householdOf(n).idNo),
          lookUpIndexes(keys, 'phone', householdOf(n).phone),
        ],
      )
    ).map((r) => r.obligation)

  test('keeps every household findable before, meanwhile and afterwards', async () => {
    const [old = ''] = await givenHouseholds(database.pool, makeKeyring(MASTER), { from: 1 })
    await database.pool.query('update subjects set index_key_id = null')
    const [young = ''] = await givenHouseholds(database.pool, live, { from: 2 })
    await givenUpload(database.pool, live, 1)
    let going = true
    const { indexKeyId: before } = live
    const looking = (async () => {
      for (; going; await sleep(2)) {
        expect(await found(live, 1)).toEqual([old])
        expect(await found(live, 2)).toEqual([young])
      }
    })()
    const { active, destroyed } = await rotate('index')
    going = false
    await looking
    expect(destroyed).toEqual([before])
    expect(new Set((await usesOf(database.pool, 'index')).map((u) => u.keyId))).toEqual(new Set([active]))
    const now = await loadKeyring(database.pool, MASTER)
    expect(await found(now, 1)).toEqual([old])
    const { encrypted, keyId } = (await row<{ encrypted: Buffer; keyId: string }>(
      database.pool,
      'select encrypted, key_id as "keyId" from subjects where obligation = $1',
      [young],
    ))!
    expect(decryptPerson(now, young, encrypted, keyId)).toEqual(householdOf(2))
  })
})
