import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Instant } from '../../domain/time/days.ts'
import { addAuditEvent } from '../audit/trail.ts'
import {
  activateKey,
  addKey,
  destroyKeys,
  type KeyPurpose,
  retireKeys,
  storedKeys,
} from '../vault/key-store.ts'
import { makeWrappedKey, loadKeyring, RELOAD_MS } from '../vault/keyring.ts'
import { type MasterKey, masterInForce } from '../vault/master-key.ts'
import { inTransaction, type Pool, type Sql } from '../../db/pool.ts'
import { underRotationLock } from './lock.ts'
import { openTransactions } from './store.ts'
import { sweep, type SweepStep } from './sweep.ts'

export type RotationStep =
  | { step: 'resume' }
  | { step: 'announce' }
  | { step: 'adopt' }
  | { step: 'wait'; transactions: number }
  | SweepStep
export type RotationOptions = {
  /** The owner's pool: nobody else may change history. */
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
 * Puts a new key in force, re-encrypts all values and destroys the old key, while the service runs. An
 * interrupted rotation continues with the next call. The new key is announced first, so that no process meets a
 * value it cannot decrypt. All values are swept twice, since an open transaction may rewrite what it read under
 * the old key. Then the database refuses the old key, and a last wait and sweep catch what was under way.
 * @throws RotationRuns, WrongMasterKey
 */
export function rotateKeys(options: RotationOptions): Promise<Rotated> {
  return underRotationLock(options.pool, (session) => rotateLocked(options, session))
}

async function rotateLocked(options: RotationOptions, session: pg.PoolClient): Promise<Rotated> {
  const { pool, purpose, onProgress = () => undefined, reloadMs = RELOAD_MS } = options
  const everybodyKnows = () => sleep(3 * reloadMs)
  const next = await announceKey(options)
  if (next) {
    onProgress({ step: 'announce' })
    await everybodyKnows()
    await inTransaction(pool, async (tx) => {
      await activateKey(tx, next, purpose)
      await recordEvent(tx, options, 'key.activate', next)
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
    for (const id of gone) await recordEvent(tx, options, 'key.destroy', id)
    return gone
  })
  return { active: purpose === 'data' ? keys.keyId : keys.indexKeyId, destroyed, values }
}

async function recordEvent(tx: Sql, options: RotationOptions, action: string, id: string): Promise<void> {
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

/** The key to put in force; null when an earlier rotation got past this step and only has to finish. */
async function announceKey({ pool, masterKey, purpose, wallNow = Date.now, onProgress }: RotationOptions) {
  const stored = (await storedKeys(pool)).filter((k) => k.wrapped.length > 0)
  const keys = stored.filter((k) => k.purpose === purpose)
  const next = keys.find((k) => k.state === 'next')
  const unfinished = keys.some((k) => k.state === 'retiring' || k.state === 'retired')
  if (next || unfinished) onProgress?.({ step: 'resume' })
  if (next) return next.id
  if (unfinished) return null
  const fresh = makeWrappedKey(masterInForce(masterKey, stored), purpose)
  await addKey(pool, { ...fresh, state: 'next' }, wallNow())
  return fresh.id
}

/** Waits until every transaction that is open now has ended. */
async function transactionsEnd(
  session: pg.PoolClient,
  onProgress: NonNullable<RotationOptions['onProgress']>,
): Promise<void> {
  let left = new Set(await openTransactions(session))
  for (let said = Number.NEGATIVE_INFINITY; left.size > 0;) {
    const elapsed = performance.now()
    if (elapsed - said > 1_000) {
      onProgress({ step: 'wait', transactions: left.size })
      said = elapsed
    }
    await sleep(50)
    const open = new Set(await openTransactions(session))
    left = new Set([...left].filter((id) => open.has(id)))
  }
}
