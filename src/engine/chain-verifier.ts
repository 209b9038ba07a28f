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
export type ChainVerifier = { stop(): Promise<void>; verifyNow(): Promise<void> }

/**
 * A loop beside the sealer: makes the check of the whole chain that somebody asked for, and one each day (R9). Several may run;
 * one verifies at a time. A check that was cut short is made again.
 */
export function startChainVerifier(deps: VerifierDeps): ChainVerifier {
  const { log, wallNow = Date.now } = deps
  const logTransient = logFailure(log, 'the sealed chain could not be checked; it is tried again')
  const loop = startLoop({
    everyMs: CHAIN_VERIFIER.everyMs,
    pass: () => verifyIfAsked({ ...deps, wallNow }),
    onError(error) {
      // The sealer reports a replaced master key, once.
      if (!(error instanceof WrongMasterKey)) logTransient(error)
    },
  })
  return { verifyNow: loop.runNow, stop: loop.stop }
}

async function verifyIfAsked(deps: Required<VerifierDeps>): Promise<void> {
  const { pool, log, wallNow } = deps
  const last = await lastCheck(pool)
  if (!last || wallNow() - last.askedWall >= CHAIN_VERIFIER.dailyMs) await askCheck(pool, null, wallNow())
  else if (last.endedWall !== null) return
  const checked = await verifyOpen(deps)
  if (!checked) return
  await endCheck(pool, checked.id, checked.findings, wallNow())
  if (checked.findings.length > 0)
    log.error(
      { findings: checked.findings.length },
      'the sealed chain is not whole: see the page of the trail',
    )
}

/** @returns nothing where no check waits, or another process makes it */
function verifyOpen({
  pool,
  masterKey,
  headsFile,
}: VerifierDeps): Promise<{ id: string; findings: Finding[] } | null> {
  return inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    if (!(await takeVerifierLock(tx))) return null
    const open = await openCheck(tx)
    if (!open) return null
    const heads = [...(await readHeads(headsFile)), ...(await publishedHeads(tx))]
    return { id: open.id, findings: await verifyChain(tx, await sealKeys(tx, masterKey), heads) }
  })
}

async function takeVerifierLock(tx: Sql): Promise<boolean> {
  const taken = `select pg_try_advisory_xact_lock(hashtext('duban audit check')) as taken`
  return (await row<{ taken: boolean }>(tx, taken))!.taken
}
