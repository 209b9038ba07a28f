import { randomBytes } from 'node:crypto'
import { checkpointSeal } from '../../domain/audit/chain.ts'
import type { Instant } from '../../domain/time/days.ts'
import { newestKey, packSealKeys, type SealKeys } from '../../domain/audit/chain-keys.ts'
import { sealKeys } from '../audit/chain-key.ts'
import { addAuditEvent } from '../audit/trail.ts'
import { newId } from '../../db/ids.ts'
import {
  addKey,
  lockEveryKey,
  lockFirstKeys,
  rewrapKey,
  type StoredKey,
  storedKeys,
} from '../vault/key-store.ts'
import { masterInForce, opensAll, unwrap, wrap } from '../vault/master-key.ts'
import { inTransaction, type Pool, type Sql } from '../../db/pool.ts'
import { underRotationLock } from './lock.ts'
import { usesOf } from './store.ts'
import { checkpointOf, STREAMS } from '../audit/chain-rows.ts'
import { lastLink, takeSealerLock } from '../audit/chain.ts'
import { makeKeyring } from '../vault/encryption.ts'

/** Thrown when values use keys derived from the master key itself: replacing it would lose them. */
export class DerivedKeysInUse extends Error {
  readonly purposes: ('data' | 'index')[]
  constructor(purposes: ('data' | 'index')[]) {
    super(`values under keys derived from the master key: ${purposes.join(', ')}`)
    this.name = 'DerivedKeysInUse'
    this.purposes = purposes
  }
}

export type MasterRotation = {
  /** The owner's pool. */
  pool: Pool
  before: Buffer
  next: Buffer
  wallNow?: () => Instant
}
/**
 * `keys` counts the keys wrapped again; 0 when an earlier call did it. `master` is the id of the new master key.
 */
export type MasterRotated = { master: string; keys: number }

/**
 * Wraps every key by the next master key in one transaction, after which the old one opens nothing. The hash
 * chain goes on under a new key, and old blocks keep theirs. An interruption leaves all as before, or all done.
 * @throws RotationRuns, WrongMasterKey, DerivedKeysInUse
 */
export async function rotateMasterKey(rotation: MasterRotation): Promise<MasterRotated> {
  const { pool, next } = rotation
  const master = makeKeyring(next).legacyId
  return underRotationLock(pool, async () => {
    const stored = await storedKeys(pool)
    if (stored.length > 0 && opensAll(next, stored)) return { master, keys: 0 }
    masterInForce(rotation.before, stored)
    await refuseDerived(pool, stored)
    return { master, keys: await inTransaction(pool, (tx) => rewrapAll(tx, rotation, master)) }
  })
}

async function refuseDerived(sql: Sql, stored: readonly StoredKey[]): Promise<void> {
  const known = new Set(stored.map((k) => k.id))
  const derived: ('data' | 'index')[] = []
  for (const purpose of ['data', 'index'] as const) {
    const uses = await usesOf(sql, purpose)
    if (uses.some((u) => u.keyId === null || !known.has(u.keyId))) derived.push(purpose)
  }
  if (derived.length > 0) throw new DerivedKeysInUse(derived)
}

async function rewrapAll(tx: Sql, rotation: MasterRotation, master: string): Promise<number> {
  const { before, next, wallNow = Date.now } = rotation
  // Nobody may seal a block or make a key until everything is under the next master key.
  await takeSealerLock(tx)
  await lockFirstKeys(tx)
  await lockEveryKey(tx)
  await keepDerived(tx, before, wallNow())
  const stored = (await storedKeys(tx)).filter((k) => k.wrapped.length > 0)
  for (const key of stored) await rewrapKey(tx, { id: key.id, wrapped: wrap(next, key, unwrap(before, key)) })
  await addChainKey(tx, next)
  await addAuditEvent(tx, {
    ...{ county: null, actor: 'owner', atWall: wallNow() },
    ...{ action: 'key.master', subject: master, outcome: 'done', detail: { keys: stored.length } },
  })
  return stored.length
}

/** Stores derived keys as keys of their own: old hashes are still compared, and old blocks verified. */
async function keepDerived(tx: Sql, before: Buffer, wallNow: Instant): Promise<void> {
  const stored = await storedKeys(tx)
  const derived = {
    content: { id: newId('ck'), bytes: makeKeyring(before).contentKey },
    trail: { id: newId('tk'), bytes: packSealKeys(await sealKeys(tx, before)) },
  }
  for (const purpose of ['content', 'trail'] as const) {
    if (stored.some((k) => k.purpose === purpose)) continue
    const { id, bytes } = derived[purpose]
    await addKey(tx, { id, purpose, wrapped: wrap(before, { id, purpose }, bytes), state: 'active' }, wallNow)
  }
}

/** Adds a new chain key, which names the blocks after which it seals. */
async function addChainKey(tx: Sql, next: Buffer): Promise<void> {
  const keys = await sealKeys(tx, next)
  const [audit, history] = [await lastLink(tx, 'audit'), await lastLink(tx, 'history')]
  const turned: SealKeys = [...keys, { key: randomBytes(32), after: { audit, history } }]
  for (const key of await storedKeys(tx))
    if (key.purpose === 'trail')
      await rewrapKey(tx, { id: key.id, wrapped: wrap(next, key, packSealKeys(turned)) })
  await sealCheckpointsAnew(tx, keys, turned)
}

/** A checkpoint that does not verify stays as it is, so that verification finds it. */
async function sealCheckpointsAnew(tx: Sql, before: SealKeys, after: SealKeys): Promise<void> {
  for (const stream of STREAMS) {
    const checkpoint = await checkpointOf(tx, stream)
    if (!checkpoint?.seal.equals(checkpointSeal(newestKey(before), stream, checkpoint))) continue
    await tx.query('update audit_checkpoints set seal = $2 where stream = $1', [
      stream,
      checkpointSeal(newestKey(after), stream, checkpoint),
    ])
  }
}
