import type { Entry, Head, SealedEvent, Stream } from '../../domain/audit/chain.ts'
import { type Changed, compareBlock, judgeChanged } from '../../domain/audit/compare.ts'
import { ChainWalk, type Finding } from '../../domain/audit/walk.ts'
import type { Instant } from '../../domain/time/days.ts'
import { keyOfBlock, type SealKeys } from '../../domain/audit/chain-keys.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import { blocksAfter, checkpointOf, SEALED, sealedEvents, STREAMS } from './chain-rows.ts'

/** Verifies every stream. As `verifyStream`. @throws the signal's reason once it is aborted */
export async function verifyChain(
  sql: Sql,
  keys: SealKeys,
  heads: readonly Head[],
  signal?: AbortSignal,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const stream of STREAMS) findings.push(...(await verifyStream(sql, stream, keys, heads, signal)))
  return findings
}

/** Some ten thousand events at most are in memory at once, and are compared in one go beside other work of the process. */
const PAGE = 10

const MAX_XID8 = '18446744073709551615'
const MAX_INT8 = '9223372036854775807'

type Listed = { number: number; sealedWall: Instant; entries: Entry[] }

/**
 * Compares every sealed event of a stream with its MAC, the blocks with one another, and the chain with the
 * published heads. It finds what was edited, deleted, inserted, exchanged or cut off, where, and since when. No
 * seal can detect what an authorised writer added, or changes in the seconds before the next seal. @param sql
 * one transaction with one snapshot (REPEATABLE READ) that sees all rows; the service may go on meanwhile
 */
export async function verifyStream(
  sql: Sql,
  stream: Stream,
  keys: SealKeys,
  heads: readonly Head[] = [],
  signal?: AbortSignal,
): Promise<Finding[]> {
  const walk = new ChainWalk(keys, stream, (await checkpointOf(sql, stream)) ?? null, heads)
  const untrusted: string[] = []
  const deleted: Finding[] = []
  const changed: Changed[] = []
  let after: string | null = null
  for (;;) {
    signal?.throwIfAborted()
    const blocks = await blocksAfter(sql, stream, after, PAGE)
    if (blocks.length === 0) break
    const listed: Listed[] = []
    for (const block of blocks) {
      const found = walk.step(block)
      if (found) listed.push(found)
      else untrusted.push(block.number)
    }
    const stored = await storedEvents(sql, stream, listed)
    for (const block of listed) {
      const compared = compareBlock(keyOfBlock(keys, stream, block.number), stream, block, stored)
      deleted.push(...compared.deleted)
      changed.push(...compared.changed)
    }
    after = blocks[blocks.length - 1]!.number
  }
  walk.end()
  const inserted = (await unlistedEvents(sql, stream, walk, untrusted)).flatMap((s) => walk.stray(s) ?? [])
  return [...walk.findings, ...deleted, ...judgeChanged(keys, stream, changed), ...inserted]
}

async function storedEvents(sql: Sql, stream: Stream, blocks: Listed[]): Promise<Map<number, SealedEvent>> {
  const ids = blocks.flatMap((b) => b.entries.map((e) => e.id))
  if (ids.length === 0) return new Map()
  const found = await sealedEvents(sql, stream, 'e.id = any($1::bigint[])', [ids])
  return new Map(found.map((event) => [event.id, event]))
}

/** The id of the i-th entry of a block (`packEntries`). */
const ENTRY_ID = `('x' || encode(substr(b.entries, 25 + 24 * i, 8), 'hex'))::bit(64)::bigint`

/**
 * Events that no block lists although one should. Their transactions were over at the last seal; or an old id
 * has a newer transaction; or the transaction does not exist yet.
 */
async function unlistedEvents(
  sql: Sql,
  stream: Stream,
  { frame }: ChainWalk,
  untrusted: string[],
): Promise<{ id: number; tx: number }[]> {
  if (!frame) return []
  const next = await nextTransaction(sql)
  // The database moved to another server and is not sealed there yet: new transaction numbers are low, old ones
  // high.
  const moved = frame.horizon > Number(next)
  const { lastOld, future } = moved
    ? { lastOld: String(frame.highest), future: MAX_XID8 }
    : { lastOld: MAX_INT8, future: next }
  const found = await rows<{ id: number; tx: string }>(
    sql,
    `with listed as materialized (
       select ${ENTRY_ID} as id from audit_blocks b, generate_series(0, b.count - 1) i
        where b.stream = $1 and b.number <> all ($2::bigint[]))
     select e.id, e.tx::text from ${SEALED[stream].table} e left join listed l on l.id = e.id
      where l.id is null and ((e.tx < $3::xid8 and e.id <= $7) or (e.tx >= $4::xid8 and e.id <= $5) or e.tx >= $6::xid8)
      order by e.id`,
    [stream, untrusted, String(frame.horizon), String(frame.bound), frame.highest, future, lastOld],
  )
  return found.map(({ id, tx }) => ({ id, tx: Number(tx) }))
}

/** A number above every transaction whose rows are visible, including our own. */
async function nextTransaction(sql: Sql): Promise<string> {
  const found = await row<{ next: string }>(
    sql,
    `select greatest(pg_snapshot_xmax(pg_current_snapshot())::text::numeric,
                     coalesce(pg_current_xact_id_if_assigned()::text::numeric + 1, 0))::text as next`,
  )
  return found!.next
}
