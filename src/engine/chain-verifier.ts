import type { Logger } from 'pino'
import { CHAIN_VERIFIER } from '../contract/timeouts.ts'
import { inTransaction, type Pool, row, type Sql } from '../db/pool.ts'
import { sealKeys } from '../services/audit/chain-key.ts'
import { askCheck, endCheck, lastCheck, openCheck } from '../services/audit/checks.ts'
import { publishedHeads } from '../services/audit/heads.ts'
import { verifyChain } from '../services/audit/verify.ts'
import type { Finding } from '../domain/audit/walk.ts'
import { type MasterKey, WrongMasterKey } from '../services/vault/master-key.ts'
import { readHeads } from './heads-file.ts'
import { logFailure, startLoop } from './loop.ts'

type VerifierDeps = {
  pool: Pool
  masterKey: MasterKey
  log: Logger
  /** Heads kept beside the database: they show what was cut off. */
  headsFile: string
  wallNow?: () => number
}
type Verifying = Required<VerifierDeps> & { signal: AbortSignal }
export type ChainVerifier = { stop(): Promise<void>; verifyNow(): Promise<void> }

/**
 * A loop beside the sealer: makes the check of the whole chain that somebody asked for, and one each day (R9). Several may run;
 * one verifies at a time. A check that was cut short is made again.
 */
export function startChainVerifier(deps: VerifierDeps): ChainVerifier {
  const { log, wallNow = Date.now } = deps
  const stopping = new AbortController()
  const logTransient = logFailure(log, 'the sealed chain could not be checked; it is tried again')
  const loop = startLoop({
    everyMs: CHAIN_VERIFIER.everyMs,
    pass: () => verifyIfAsked({ ...deps, wallNow, signal: stopping.signal }),
    onError(error) {
      if (!stopping.signal.aborted) logTransient(error)
    },
  })
  return {
    verifyNow: loop.runNow,
    stop() {
      stopping.abort()
      return loop.stop()
    },
  }
}

async function verifyIfAsked(deps: Verifying): Promise<void> {
  const { pool, log, wallNow } = deps
  const last = await lastCheck(pool)
  if (!last || wallNow() - last.askedWall >= CHAIN_VERIFIER.dailyMs) await askCheck(pool, null, wallNow())
  else if (last.endedWall !== null) return
  const checked = await verifyOpen(deps)
  if (!checked) return
  const { id, findings } = checked
  await endCheck(pool, id, findings, wallNow())
  if (findings !== null && findings.length > 0)
    log.error({ findings: findings.length }, 'the sealed chain is not whole: see the page of the trail')
}

/**
 * @returns nothing where no check waits, or another process makes it; no findings where the master key was replaced and this
 * process not started again: the page says so
 */
async function verifyOpen(deps: Verifying): Promise<{ id: string; findings: Finding[] | null } | null> {
  const { pool, masterKey, headsFile, signal } = deps
  // Read before the snapshot is taken: a head that was published after it would name a block that the snapshot lacks.
  const kept = await readHeads(headsFile)
  return inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    if (!(await takeVerifierLock(tx))) return null
    const open = await openCheck(tx)
    if (!open) return null
    const keys = await sealKeys(tx, masterKey).catch(nullIfReplaced)
    if (keys === null) return { id: open.id, findings: null }
    const heads = [...kept, ...(await publishedHeads(tx))]
    return { id: open.id, findings: await verifyChain(tx, keys, heads, signal) }
  })
}

function nullIfReplaced(error: unknown): null {
  if (error instanceof WrongMasterKey) return null
  throw error
}

async function takeVerifierLock(tx: Sql): Promise<boolean> {
  const taken = `select pg_try_advisory_xact_lock(hashtext('duban audit check')) as taken`
  return (await row<{ taken: boolean }>(tx, taken))!.taken
}
