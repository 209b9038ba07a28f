import { type Checkpoint, checkpointSeal, type Head, unpackEntries } from '../../domain/audit/chain.ts'
import type { Finding } from '../../domain/audit/walk.ts'
import { type Instant, MS_PER_DAY } from '../../domain/time/days.ts'
import { newestKey } from '../../domain/audit/chain-keys.ts'
import { sealKeys } from './chain-key.ts'
import { addAuditEvent } from './trail.ts'
import { verifyStream } from './verify.ts'
import { holdKeys } from '../vault/key-store.ts'
import type { MasterKey } from '../vault/master-key.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { inTransaction, type Pool, row, type Sql, ts } from '../../db/pool.ts'
import { auditCheckpoints } from '../../db/schema/index.ts'
import { blocksAfter } from './chain-rows.ts'
import { takeSealerLock } from './chain.ts'

/** 等级保护 2.0: an audit trail is kept for half a year at least. */
export const KEEP_DAYS = 180

/** Thrown when the trail would be pruned before its minimum age. */
export class TooYoungToPrune extends Error {
  readonly latest: Instant
  constructor(latest: Instant) {
    super(`an audit trail is kept for ${KEEP_DAYS} days`)
    this.name = 'TooYoungToPrune'
    this.latest = latest
  }
}

/** Thrown when the trail was tampered with: pruning would destroy the evidence. */
export class TrailNotWhole extends Error {
  readonly findings: Finding[]
  constructor(findings: Finding[]) {
    super('the trail was tampered with')
    this.name = 'TrailNotWhole'
    this.findings = findings
  }
}

export type Pruned = { blocks: number; events: number; through: number }

/**
 * Deletes whole blocks sealed before an instant, with their events, and leaves a checkpoint that only the key
 * can make. The newest block stays, since the chain goes on from it. The history of obligations is never
 * deleted. @param pool the owner's @returns null when no block is that old
 */
export async function pruneAudit(
  pool: Pool,
  masterKey: MasterKey,
  {
    before,
    wallNow,
    actor,
    heads,
  }: { before: Instant; wallNow: Instant; actor: string; heads: readonly Head[] },
): Promise<Pruned | null> {
  const latest = wallNow - KEEP_DAYS * MS_PER_DAY
  if (before > latest) throw new TooYoungToPrune(latest)
  return inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read')
    await takeSealerLock(tx)
    await holdKeys(tx)
    const keys = await sealKeys(tx, masterKey)
    const findings = await verifyStream(tx, 'audit', keys, heads)
    if (findings.length > 0) throw new TrailNotWhole(findings)
    const through = await lastBlockBefore(tx, before)
    if (through === null) return null
    const pruned = {
      ...(await pruneThrough(tx, newestKey(keys), through, wallNow)),
      through: Number(through),
    }
    const detail = { before: new Date(before).toISOString(), ...pruned }
    await addAuditEvent(tx, {
      atWall: wallNow,
      county: null,
      actor,
      action: 'audit.prune',
      outcome: 'done',
      detail,
    })
    return pruned
  })
}

/** The last of the unbroken run of old blocks, never the newest block. */
async function lastBlockBefore(tx: Sql, before: Instant): Promise<string | null> {
  const found = await row<{ number: string | null }>(
    tx,
    `select max(number)::text as number from audit_blocks
      where stream = 'audit' and number < (select max(number) from audit_blocks where stream = 'audit')
        and number < coalesce((select min(number) from audit_blocks where stream = 'audit' and sealed_wall >= $1), number + 1)`,
    [ts(before)],
  )
  return found?.number ?? null
}

async function pruneThrough(tx: Sql, key: Buffer, through: string, wallNow: Instant) {
  const counts = { blocks: 0, events: 0 }
  const checkpoint = { number: through, throughId: '0', mac: Buffer.alloc(0), prunedWall: String(wallNow) }
  for (let after: string | null = null; after !== through;) {
    const [block] = await blocksAfter(tx, 'audit', after, 1)
    if (!block) throw new Error(`block ${through} is gone`)
    const { entries, frame } = unpackEntries(block.entries)
    await tx.query('delete from audit_events where id = any($1::bigint[])', [entries.map((e) => e.id)])
    Object.assign(checkpoint, { throughId: String(frame.highest), mac: block.mac })
    counts.blocks++
    counts.events += entries.length
    after = block.number
  }
  await tx.query("delete from audit_blocks where stream = 'audit' and number <= $1", [through])
  await putCheckpoint(tx, checkpoint, checkpointSeal(key, 'audit', checkpoint))
  return counts
}

async function putCheckpoint(tx: Sql, c: Omit<Checkpoint, 'seal'>, seal: Buffer): Promise<void> {
  const [number, throughId, prunedWall] = [Number(c.number), Number(c.throughId), Number(c.prunedWall)]
  await insertRow(
    tx,
    auditCheckpoints,
    { stream: 'audit', number, throughId, mac: c.mac, seal, prunedWall },
    {
      onConflict: `(stream) do update set number = excluded.number, through_id = excluded.through_id,
        mac = excluded.mac, seal = excluded.seal, pruned_wall = excluded.pruned_wall`,
    },
  )
}
