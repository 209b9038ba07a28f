import { type Entry, eventMac, type SealedEvent, type Stream } from './chain.ts'
import type { Finding } from './walk.ts'
import type { Instant } from '../time/days.ts'
import { keyOfBlock, type SealKeys } from './chain-keys.ts'

/** An event that differs from the one its block lists. */
export type Changed = { event: SealedEvent; listed: Buffer; block: number; since: Instant }

/** Looking for two exchanged events costs one keyed hash for each pair. */
const MAX_PAIRS = 250_000

/** Compares a block's list with the table: which events are gone, and which read otherwise. */
export function compareBlock(
  key: Buffer,
  stream: Stream,
  block: { number: number; sealedWall: Instant; entries: readonly Entry[] },
  stored: ReadonlyMap<number, SealedEvent>,
): { deleted: Finding[]; changed: Changed[] } {
  const { number, sealedWall: since } = block
  const deleted: Finding[] = []
  const changed: Changed[] = []
  for (const { id, mac } of block.entries) {
    const event = stored.get(id)
    if (!event) deleted.push({ kind: 'deleted', stream, id, block: number, since })
    else if (!isSame(key, stream, event, mac)) changed.push({ event, listed: mac, block: number, since })
  }
  return { deleted, changed }
}

function isSame(key: Buffer, stream: Stream, { id, content, erased }: SealedEvent, mac: Buffer): boolean {
  if (eventMac(key, stream, id, content).equals(mac)) return true
  return erased !== undefined && eventMac(key, stream, id, erased).equals(mac)
}

/** Decides whether a changed event was edited, or was exchanged with another one. */
export function judgeChanged(keys: SealKeys, stream: Stream, changed: readonly Changed[]): Finding[] {
  const pairs = changed.length ** 2 <= MAX_PAIRS ? changed : []
  return changed.map(({ event, block, since }) => {
    const other = pairs.find(
      (c) =>
        c.event.id !== event.id &&
        eventMac(keyOfBlock(keys, stream, c.block), stream, c.event.id, event.content).equals(c.listed),
    )
    const where = { stream, id: event.id, block, since }
    return other ? { kind: 'reordered', ...where, other: other.event.id } : { kind: 'edited', ...where }
  })
}
