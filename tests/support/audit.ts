import pino from 'pino'
import { auditKey } from '../../src/services/audit/chain-key.ts'
import { addAuditEvent, type AuditEvent } from '../../src/services/audit/trail.ts'
import { verifyStream } from '../../src/services/audit/verify.ts'
import { inTransaction, type Pool, row, type Sql } from '../../src/db/pool.ts'
import { sealStream, takeSealerLock } from '../../src/services/audit/chain.ts'
import type { Head, Stream } from '../../src/domain/audit/chain.ts'
import type { Finding } from '../../src/domain/audit/walk.ts'
import { firstSealKeys } from '../../src/domain/audit/chain-keys.ts'

export const MASTER = Buffer.alloc(32, 7)
export const KEYS = firstSealKeys(auditKey(MASTER))
export const WALL = Date.UTC(2026, 4, 6, 1, 30)
export const quiet = pino({ level: 'silent' })

export function trailEvent(more: Partial<AuditEvent> = {}): AuditEvent {
  return { atWall: WALL, county: 'sn.ak.zy', actor: 'pe_1', action: 'test.act', outcome: 'done', ...more }
}

type Sealing = { wall?: number; size?: number; after?: string | null }

/**
 * Seals what is there. Transactions are counted over all databases of the server: those of tests beside this one hold a seal
 * back for a moment, so it waits for all that run now, or for the one given (`after`; null: for none).
 * @returns how many events were sealed
 */
export async function seal(
  pool: Pool,
  stream: Stream,
  { wall = WALL, size = 1_000, after }: Sealing = {},
): Promise<number> {
  if (after !== null) await isOver(pool, after ?? (await nextTransaction(pool)))
  return inTransaction(pool, async (tx) => {
    await takeSealerLock(tx)
    return (await sealStream(tx, stream, KEYS, wall, size)).events
  })
}

/** The number of a transaction above all that have begun. */
export async function nextTransaction(pool: Pool): Promise<string> {
  return (await row<{ xid: string }>(pool, 'select pg_current_xact_id()::text as xid'))!.xid
}

/** Waits until every transaction up to this one is over, in whatever database. */
export async function isOver(pool: Pool, xid: string): Promise<void> {
  const over = 'select pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 as over'
  while (!(await row<{ over: boolean }>(pool, over, [xid]))!.over)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

export async function verify(pool: Pool, stream: Stream, heads: Head[] = []): Promise<Finding[]> {
  return inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    return verifyStream(tx, stream, KEYS, heads)
  })
}

export async function addEvents(sql: Sql, count: number, more: Partial<AuditEvent> = {}): Promise<void> {
  for (let n = 1; n <= count; n++) await addAuditEvent(sql, trailEvent({ subject: `ob_${n}`, ...more }))
}
