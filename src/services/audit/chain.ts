import {
  type Block,
  GENESIS,
  isSound,
  sealBlock,
  type SealedEvent,
  type Stream,
  unpackEntries,
} from '../../domain/audit/chain.ts'
import type { Instant } from '../../domain/time/days.ts'
import { keyOfBlock, type SealKeys } from '../../domain/audit/chain-keys.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql } from '../../db/pool.ts'
import { auditBlocks } from '../../db/schema/index.ts'
import { columns, selectRow, selectRows } from '../../db/select-columns.ts'
import { BLOCK, checkpointOf, lastBlocks, SEALED, sealedInTurn } from './chain-rows.ts'

const SEALER = `hashtext('duban audit seal')`

/** Allows one sealer at a time, in any process, until the transaction ends. Waits for the one before. */
export async function takeSealerLock(tx: Sql): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${SEALER})`)
}

/** The same without waiting. @returns whether it was taken */
export async function trySealerLock(tx: Sql): Promise<boolean> {
  return (await row<{ taken: boolean }>(tx, `select pg_try_advisory_xact_lock(${SEALER}) as taken`))!.taken
}

/** `waitsFor` is the oldest running transaction, when events wait for its end. */
export type Sealed = { events: number; blocks: number; soundHead: boolean; waitsFor: string | null }
export type Link = { number: number; mac: Buffer }

/**
 * Seals the events that no running transaction can add to, in blocks of at most `size`. Call it under the
 * sealer's lock at READ COMMITTED, since the snapshot must be younger than the lock. `soundHead` is false when
 * somebody changed the newest block.
 */
export async function sealStream(
  tx: Sql,
  stream: Stream,
  keys: SealKeys,
  wallNow: Instant,
  size = 1_000,
): Promise<Sealed> {
  const { link, frame, soundHead } = await readPosition(tx, stream, keys)
  const { xmin, xmax } = await snapshot(tx)
  // The database moved to another server, which counts transactions anew, so everything unsealed is taken.
  const moved = frame !== null && frame.horizon > Number(xmax)
  const known = moved ? null : frame
  const after = known ? await surelySealed(tx, stream, keys, known.horizon) : 0
  const due = sealedInTurn(
    tx,
    stream,
    `e.id > $1 and e.id <= (select pg_sequence_last_value('${SEALED[stream].table}_id_seq'))
       and ($6 or e.tx < $2::xid8) and e.tx >= $3::xid8 and not (e.id <= $4 and e.tx >= $5::xid8)`,
    [after, xmin, String(known?.horizon ?? 0), known?.highest ?? 0, String(known?.bound ?? 0), moved],
    size,
  )
  let [before, last, highest] = [link, after, frame?.highest ?? 0]
  const sealed: Sealed = { events: 0, blocks: 0, soundHead, waitsFor: null }
  for await (const found of due) {
    last = found[found.length - 1]!.id
    const events = await notYetListed(tx, stream, found, frame?.highest ?? 0)
    if (events.length === 0) continue
    highest = Math.max(highest, last)
    const at = { horizon: Number(xmin), bound: await ownTransaction(tx), highest }
    const key = keyOfBlock(keys, stream, before.number + 1)
    const block = sealBlock(key, stream, before, { events, frame: at, sealedWall: wallNow })
    await insertBlock(tx, stream, block)
    before = { number: Number(block.number), mac: block.mac }
    sealed.events += events.length
    sealed.blocks++
  }
  return { ...sealed, waitsFor: (await hasWaitingEvents(tx, stream, last, xmin)) ? xmin : null }
}

/** Every transaction below `xmin` is over; none from `xmax` on has ended. */
async function snapshot(tx: Sql): Promise<{ xmin: string; xmax: string }> {
  const found = await row<{ xmin: string; xmax: string }>(
    tx,
    `select pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax from pg_current_snapshot() s`,
  )
  return found!
}

/** What the next block follows. Call it under the sealer's lock. */
export async function lastLink(tx: Sql, stream: Stream): Promise<Link> {
  const [newest] = await lastBlocks(tx, stream, 1)
  const before = newest ?? (await checkpointOf(tx, stream))
  return before ? { number: Number(before.number), mac: before.mac } : { number: 0, mac: GENESIS }
}

function isBlockSound(keys: SealKeys, stream: Stream, block: Block): boolean {
  return isSound(keyOfBlock(keys, stream, Number(block.number)), stream, block)
}

/** What the next block follows, and the frame of the newest trusted block. */
async function readPosition(tx: Sql, stream: Stream, keys: SealKeys) {
  const link = await lastLink(tx, stream)
  const [newest] = await lastBlocks(tx, stream, 1)
  if (!newest) return { link, frame: null, soundHead: true }
  const soundHead = isBlockSound(keys, stream, newest)
  const trusted = soundHead ? newest : await newestSound(tx, stream, keys)
  return {
    link,
    frame: trusted ? unpackEntries(trusted.entries).frame : null,
    soundHead,
  }
}

async function newestSound(tx: Sql, stream: Stream, keys: SealKeys): Promise<Block | null> {
  for (let looked = 16; ; looked *= 4) {
    const blocks = await lastBlocks(tx, stream, looked)
    const found = blocks.find((block) => isBlockSound(keys, stream, block))
    if (found || blocks.length < looked) return found ?? null
  }
}

/**
 * The id up to which everything is sealed, so that the search stays at the end of the table. What is missing has
 * a transaction of at least `horizon`. Transactions that began after a block's `bound` have only ids above its
 * `highest`.
 */
async function surelySealed(tx: Sql, stream: Stream, keys: SealKeys, horizon: number): Promise<number> {
  const block = await selectRow(
    tx,
    BLOCK,
    'from audit_blocks b where stream = $1 and substr(entries, 9, 8) <= int8send($2) order by b.number desc limit 1',
    [stream, horizon],
  )
  return block && isBlockSound(keys, stream, block) ? unpackEntries(block.entries).frame.highest : 0
}

/** Leaves out what is listed already. Only a late commit, or a moved database, has ids below the highest. */
async function notYetListed(
  tx: Sql,
  stream: Stream,
  events: SealedEvent[],
  highest: number,
): Promise<SealedEvent[]> {
  const late = events.filter((e) => e.id <= highest)
  if (late.length === 0) return events
  const blocks = await selectRows(
    tx,
    columns(auditBlocks, 'b', ['entries']),
    'from audit_blocks b where stream = $1 and first_id <= $3 and last_id >= $2 and length(entries) > 24',
    [stream, late[0]!.id, late[late.length - 1]!.id],
  )
  const listed = new Set(blocks.flatMap((b) => unpackEntries(b.entries).entries.map((e) => e.id)))
  return events.filter((e) => !listed.has(e.id))
}

/** Whether there are events that must still wait. */
async function hasWaitingEvents(tx: Sql, stream: Stream, after: number, xmin: string): Promise<boolean> {
  const waiting = `select exists (select from ${SEALED[stream].table} where id > $1 and tx >= $2::xid8) as some`
  return (await row<{ some: boolean }>(tx, waiting, [after, xmin]))!.some
}

/** A number above every transaction that began before now. */
async function ownTransaction(tx: Sql): Promise<number> {
  return Number((await row<{ xid: string }>(tx, 'select pg_current_xact_id()::text as xid'))!.xid)
}

export async function insertBlock(tx: Sql, stream: Stream, b: Block): Promise<void> {
  const { firstId, lastId, count, entries, previous, mac } = b
  const [number, sealedWall] = [Number(b.number), Number(b.sealedWall)]
  await insertRow(tx, auditBlocks, {
    ...{ stream, number, firstId: Number(firstId), lastId: Number(lastId) },
    ...{ count, entries, previous, mac, sealedWall },
  })
}
