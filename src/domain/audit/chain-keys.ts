import { GENESIS, type Head, type Stream } from './chain.ts'

/** A key of the hash chain. It seals the blocks that follow these heads. */
export type SealKey = { key: Buffer; after: Record<Stream, { number: number; mac: Buffer }> }
/**
 * All keys of the chain, oldest first. The number of a block decides which key sealed it, so a stolen old key
 * can seal nothing new. What the old key sealed ends in the heads that its successor names.
 */
export type SealKeys = readonly [SealKey, ...SealKey[]]

const NOTHING = { number: 0, mac: GENESIS }

/** The keys of a chain whose master key was never replaced. */
export function firstSealKeys(key: Buffer): SealKeys {
  return [{ key, after: { audit: NOTHING, history: NOTHING } }]
}

/** The key of a block, by its number. */
export function keyOfBlock(keys: SealKeys, stream: Stream, number: number): Buffer {
  return (keys.findLast(({ after }) => after[stream].number < number) ?? keys[0]).key
}

/** The key that seals checkpoints: they are sealed again under every new key. */
export function newestKey(keys: SealKeys): Buffer {
  return keys[keys.length - 1]!.key
}

/** The heads at which each later key took over. They prove as much as a published head. */
export function headsBefore(keys: SealKeys, stream: Stream): Head[] {
  return keys.map(({ after }) => ({ stream, ...after[stream] })).filter(({ number }) => number > 0)
}

type Kept = { key: string; after: Record<Stream, { number: number; mac: string }> }

/** Serialises the keys, for the master key to wrap. */
export function packSealKeys(keys: SealKeys): Buffer {
  const head = ({ number, mac }: { number: number; mac: Buffer }) => ({ number, mac: mac.toString('hex') })
  const kept = keys.map(({ key, after }): Kept => ({
    key: key.toString('hex'),
    after: { audit: head(after.audit), history: head(after.history) },
  }))
  return Buffer.from(JSON.stringify(kept))
}

export function unpackSealKeys(packed: Buffer): SealKeys {
  const head = ({ number, mac }: { number: number; mac: string }) => ({
    number,
    mac: Buffer.from(mac, 'hex'),
  })
  const keys = (JSON.parse(packed.toString()) as Kept[]).map(({ key, after }) => ({
    key: Buffer.from(key, 'hex'),
    after: { audit: head(after.audit), history: head(after.history) },
  }))
  return keys as unknown as SealKeys
}
