import { createHmac } from 'node:crypto'
import type { Instant } from '../time/days.ts'

/** What is sealed 封存: the audit trail, and the history of obligations. */
export const STREAM_LABELS = { audit: '操作记录', history: '事项经过' } as const
export type Stream = keyof typeof STREAM_LABELS

export type Field = string | Buffer | null
/** `erased` is how the event reads after its personal data was removed at the end of retention. */
export type SealedEvent = { id: number; content: Field[]; erased?: Field[] }
export type Entry = { id: number; mac: Buffer }

/**
 * What the sealer saw when it made a block. Every transaction below `horizon` was over. Later transactions have
 * a number of at least `bound` and use only ids above `highest`, since ids are drawn before they are committed.
 */
export type Frame = { horizon: number; bound: number; highest: number }

/**
 * A block as it is stored. Numbers are text, as PostgreSQL writes them, so that no digit is lost. `sealedWall`
 * is in milliseconds.
 */
export type Block = {
  number: string
  firstId: string
  lastId: string
  count: number
  entries: Buffer
  previous: Buffer
  mac: Buffer
  sealedWall: string
}
/** Everything up to `number` was pruned; the chain begins after it. */
export type Checkpoint = { number: string; throughId: string; mac: Buffer; seal: Buffer; prunedWall: string }
/** The end of a chain as it was published outside the database. */
export type Head = { stream: Stream; number: number; mac: Buffer }

/** The MAC that the first block follows. */
export const GENESIS = Buffer.alloc(32)
const FRAME_BYTES = 24
const MAC_BYTES = 16
const ENTRY_BYTES = 8 + MAC_BYTES

/** Joins fields, each with its kind and length, so that no two different lists give the same bytes. */
export function canonical(fields: readonly Field[]): Buffer {
  const lengths = fields.map((field) => (field === null ? 0 : Buffer.byteLength(field)))
  const bytes = Buffer.alloc(lengths.reduce((sum, length) => sum + length + 5, 0))
  let at = 0
  for (const [i, field] of fields.entries()) {
    bytes.writeUInt8(field === null ? 0 : typeof field === 'string' ? 1 : 2, at)
    bytes.writeUInt32BE(lengths[i]!, at + 1)
    if (typeof field === 'string') bytes.write(field, at + 5)
    else field?.copy(bytes, at + 5)
    at += 5 + lengths[i]!
  }
  return bytes
}

function hmac(key: Buffer, fields: Field[]): Buffer {
  return createHmac('sha256', key).update(canonical(fields)).digest()
}

/** The MAC that a block keeps of an event. Only the key can tell whether the event is still the same. */
export function eventMac(key: Buffer, stream: Stream, id: number, content: readonly Field[]): Buffer {
  return hmac(key, ['event', stream, String(id), ...content]).subarray(0, MAC_BYTES)
}

export function packEntries(frame: Frame, entries: readonly Entry[]): Buffer {
  const packed = Buffer.alloc(FRAME_BYTES + entries.length * ENTRY_BYTES)
  for (const [i, n] of [frame.horizon, frame.bound, frame.highest].entries())
    packed.writeBigUInt64BE(BigInt(n), i * 8)
  for (const [i, { id, mac }] of entries.entries()) {
    packed.writeBigUInt64BE(BigInt(id), FRAME_BYTES + i * ENTRY_BYTES)
    mac.copy(packed, FRAME_BYTES + i * ENTRY_BYTES + 8)
  }
  return packed
}

/** Leaves out trailing bytes that are no whole entry. @throws RangeError when not even the frame is there */
export function unpackEntries(packed: Buffer): { frame: Frame; entries: Entry[] } {
  const number = (at: number) => Number(packed.readBigUInt64BE(at))
  const entries: Entry[] = []
  for (let at = FRAME_BYTES; at + ENTRY_BYTES <= packed.length; at += ENTRY_BYTES)
    entries.push({ id: number(at), mac: packed.subarray(at + 8, at + ENTRY_BYTES) })
  return { frame: { horizon: number(0), bound: number(8), highest: number(16) }, entries }
}

export function blockMac(key: Buffer, stream: Stream, block: Omit<Block, 'mac'>): Buffer {
  const { number, firstId, lastId, count, entries, previous, sealedWall } = block
  return hmac(key, ['block', stream, number, firstId, lastId, String(count), entries, previous, sealedWall])
}

/** Seals the next block over events in the order of their ids. @param events at least one */
export function sealBlock(
  key: Buffer,
  stream: Stream,
  before: { number: number; mac: Buffer },
  { events, frame, sealedWall }: { events: readonly SealedEvent[]; frame: Frame; sealedWall: Instant },
): Block {
  const entries = events.map(({ id, content }) => ({ id, mac: eventMac(key, stream, id, content) }))
  const block = {
    number: String(before.number + 1),
    firstId: String(events[0]!.id),
    lastId: String(events[events.length - 1]!.id),
    count: events.length,
    entries: packEntries(frame, entries),
    previous: before.mac,
    sealedWall: String(sealedWall),
  }
  return { ...block, mac: blockMac(key, stream, block) }
}

export function isSound(key: Buffer, stream: Stream, block: Block): boolean {
  return block.mac.equals(blockMac(key, stream, block))
}

export function checkpointSeal(key: Buffer, stream: Stream, c: Omit<Checkpoint, 'seal'>): Buffer {
  return hmac(key, ['checkpoint', stream, c.number, c.throughId, c.mac, c.prunedWall])
}
