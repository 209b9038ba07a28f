import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Instant } from '../domain/days.ts'
import { addAuditEvent } from './audit-store.ts'
import { activateKey, addKey, destroyKeys, type KeyPurpose, retireKeys, storedKeys } from './key-store.ts'
import { freshKey, loadKeyring, RELOAD_MS } from './keyring.ts'
import { type MasterKey, masterInForce } from './master-key.ts'
import { inTransaction, type Pool, type Sql } from './pool.ts'
import { underRotationLock } from './rotation-lock.ts'
import {
  countStale,
  type Found,
  openTransactions,
  type Place,
  placesOf,
  putBack,
  takeStale,
} from './rotation-store.ts'
import { blindIndexes, type Keyring, openBytes, type Person, resealed } from './sealing.ts'

export type RotationStep =
  | { step: 'resume' }
  | { step: 'announce' }
  | { step: 'adopt' }
  | { step: 'wait'; transactions: number }
  | { step: 'sweep'; table: string; done: number; total: number }
export type RotationOptions = {
  /** Of the owner: history may be changed by nobody else. */
  pool: Pool
  masterKey: MasterKey
  purpose: KeyPurpose
  onProgress?: (step: RotationStep) => void
  wallNow?: () => Instant
  /** How often processes reload their keys. */
  reloadMs?: number
}
export type Rotated = { active: string; destroyed: string[]; values: number }

/**
 * Puts a new key in force, seals everything anew under it and destroys the one before, while the service runs. Cut off
 * anywhere, the next call goes on from there.
 *
 * The new key is announced first, so that nobody meets a value they cannot open. Then all values are swept, twice: what an
 * open transaction has read under the old key it may write again. Then the database refuses the old key, and once more is
 * waited and swept for what was under way; after that nothing can stand under it, and its bytes go.
 * @throws RotationRuns, WrongMasterKey
 */
export function rotateKeys(options: RotationOptions): Promise<Rotated> {
  return underRotationLock(options.pool, (session) => rotateLocked(options, session))
}

async function rotateLocked(options: RotationOptions, session: pg.PoolClient): Promise<Rotated> {
  const { pool, purpose, onProgress = () => undefined, reloadMs = RELOAD_MS } = options
  const everybodyKnows = () => sleep(3 * reloadMs)
  const next = await announce(options)
  if (next) {
    onProgress({ step: 'announce' })
    await everybodyKnows()
    await inTransaction(pool, async (tx) => {
      await activateKey(tx, next, purpose)
      await note(tx, options, 'key.activate', next)
    })
  }
  onProgress({ step: 'adopt' })
  await everybodyKnows()
  const keys = await loadKeyring(session, options.masterKey)
  let values = await sweep(options, keys)
  await transactionsEnd(session, onProgress)
  values += await sweep(options, keys)
  await retireKeys(session, purpose)
  await transactionsEnd(session, onProgress)
  values += await sweep(options, keys)
  const destroyed = await inTransaction(pool, async (tx) => {
    const gone = await destroyKeys(tx, purpose)
    for (const id of gone) await note(tx, options, 'key.destroy', id)
    return gone
  })
  return { active: purpose === 'data' ? keys.keyId : keys.indexKeyId, destroyed, values }
}

async function note(tx: Sql, options: RotationOptions, action: string, id: string): Promise<void> {
  const { purpose, wallNow = Date.now } = options
  const who = { county: null, actor: 'owner' }
  await addAuditEvent(tx, {
    ...who,
    atWall: wallNow(),
    action,
    subject: id,
    outcome: 'done',
    detail: { purpose },
  })
}

/** The key to put in force; null when an earlier rotation got that far already and only has to be finished. */
async function announce({ pool, masterKey, purpose, wallNow = Date.now, onProgress }: RotationOptions) {
  const stored = (await storedKeys(pool)).filter((k) => k.wrapped.length > 0)
  const keys = stored.filter((k) => k.purpose === purpose)
  const next = keys.find((k) => k.state === 'next')
  const unfinished = keys.some((k) => k.state === 'retiring' || k.state === 'retired')
  if (next || unfinished) onProgress?.({ step: 'resume' })
  if (next) return next.id
  if (unfinished) return null
  const fresh = freshKey(masterInForce(masterKey, stored), purpose)
  await addKey(pool, { ...fresh, state: 'next' }, wallNow())
  return fresh.id
}

/** Passes over every place until none is left under another key. @returns how many values were done */
async function sweep(options: RotationOptions, keys: Keyring): Promise<number> {
  const { purpose } = options
  const active = purpose === 'data' ? keys.keyId : keys.indexKeyId
  let done = 0
  for (const place of placesOf(purpose))
    for (;;) {
      const total = await countStale(options.pool, place, purpose, active)
      if (total === 0) break
      const swept = await sweepOnce(options, keys, { place, active, total })
      // Locked by somebody: let them finish.
      if (swept === 0) await sleep(100)
      done += swept
    }
  return done
}

type Pass = { place: Place; active: string; total: number }

async function sweepOnce(
  options: RotationOptions,
  keys: Keyring,
  { place, active, total }: Pass,
): Promise<number> {
  const { pool, purpose, onProgress } = options
  let done = 0
  for (let after: Found['key'] | null = null; ;) {
    const batch: Found[] = await inTransaction(pool, async (tx) => {
      const taken = await takeStale(tx, place, purpose, active, after)
      if (taken.length > 0) await (purpose === 'data' ? sealAnew : indexAnew)(tx, keys, place, taken)
      return taken
    })
    const last = batch[batch.length - 1]
    if (!last) return done
    after = last.key
    done += batch.length
    onProgress?.({ step: 'sweep', table: place.table, done, total })
  }
}

async function sealAnew(tx: Sql, keys: Keyring, place: Place, taken: readonly Found[]): Promise<void> {
  const fresh = taken.map((value) => resealed(keys, value.where, value))
  await putBack(
    tx,
    place,
    taken.map((t) => t.key),
    {
      [place.sealed]: { type: 'bytea', values: fresh.map((f) => f.sealed) },
      [place.keyId]: { type: 'text', values: fresh.map((f) => f.keyId) },
    },
  )
}

/**
 * The hash under the new key takes the place of the old one: a look-up asks for the value's hash under every live key
 * (lookUpIndexes), so no second column is needed while an index key rotates.
 */
async function indexAnew(tx: Sql, keys: Keyring, place: Place, taken: readonly Found[]): Promise<void> {
  const fresh = taken.map(({ where, sealed, keyId }) =>
    blindIndexes(keys, JSON.parse(openBytes(keys, where, sealed, keyId).toString()) as Person),
  )
  await putBack(
    tx,
    place,
    taken.map((t) => t.key),
    {
      id_no_index: { type: 'bytea', values: fresh.map((f) => f.idNoIndex) },
      phone_index: { type: 'bytea', values: fresh.map((f) => f.phoneIndex) },
      index_key_id: { type: 'text', values: fresh.map((f) => f.indexKeyId) },
    },
  )
}

/** Waits until every transaction that is open now has ended. */
async function transactionsEnd(
  session: pg.PoolClient,
  onProgress: NonNullable<RotationOptions['onProgress']>,
): Promise<void> {
  let left = new Set(await openTransactions(session))
  for (let said = 0; left.size > 0;) {
    if (Date.now() - said > 1_000) onProgress({ step: 'wait', transactions: left.size })
    said = Date.now()
    await sleep(50)
    const open = new Set(await openTransactions(session))
    left = new Set([...left].filter((id) => open.has(id)))
  }
}
