import {
  type Block,
  type Checkpoint,
  checkpointSeal,
  type Entry,
  type Frame,
  GENESIS,
  type Head,
  isSound,
  type Stream,
  unpackEntries,
} from './chain.ts'
import type { Instant } from '../time/days.ts'
import { headsBefore, keyOfBlock, newestKey, type SealKeys } from './chain-keys.ts'

export const FINDING_LABELS = {
  edited: '内容被改动',
  deleted: '记录被删除',
  inserted: '记录是后来插入的',
  reordered: '与另一条记录对调',
  'block-edited': '封存块被改动',
  'block-missing': '封存块缺失',
  'cut-off': '末尾被截去',
  'chain-rewritten': '封存链被重写',
} as const
export type FindingKind = keyof typeof FINDING_LABELS

/**
 * `through` is the last of several blocks. `since` is when all was last proved intact; null when no earlier seal
 * tells.
 */
export type Finding = {
  kind: FindingKind
  stream: Stream
  id?: number
  /** The event whose content stands here instead. */
  other?: number
  block?: number
  through?: number
  since: Instant | null
}

export type Sound = { number: number; horizon: number; sealedWall: Instant }
type UnsoundBlock = { number: number; linked: boolean }

/** Walks a chain block by block, in order of number, and compares it with the published heads. */
export class ChainWalk {
  readonly findings: Finding[] = []
  readonly sound: Sound[] = []
  /** The frame of the newest sound block. */
  frame: Frame | null = null
  readonly #keys: SealKeys
  readonly #stream: Stream
  readonly #heads: readonly Head[]
  readonly #begin: number
  /** Blocks that do not fit or are gone. What they listed is unknown. */
  readonly #holes: { from: number; to: number }[] = []
  /** The unsound blocks after the newest sound one. */
  #bad: UnsoundBlock[] = []
  #before: { number: number; mac: Buffer }

  constructor(keys: SealKeys, stream: Stream, checkpoint: Checkpoint | null, heads: readonly Head[]) {
    this.#keys = keys
    this.#stream = stream
    this.#heads = [...heads.filter((h) => h.stream === stream), ...headsBefore(keys, stream)]
    const sealed =
      checkpoint !== null && checkpointSeal(newestKey(keys), stream, checkpoint).equals(checkpoint.seal)
    this.#before = sealed
      ? { number: Number(checkpoint.number), mac: checkpoint.mac }
      : { number: 0, mac: GENESIS }
    this.#begin = this.#before.number
    if (sealed) this.#compareHeads(this.#begin, checkpoint.mac)
    else if (checkpoint) this.#find('block-edited', { block: Number(checkpoint.number) })
  }

  /** @returns the block's entries; null when the block cannot be trusted */
  step(block: Block): { number: number; sealedWall: Instant; entries: Entry[] } | null {
    const number = Number(block.number)
    const sound = isSound(keyOfBlock(this.#keys, this.#stream, number), this.#stream, block)
    const linked = block.previous.equals(this.#before.mac)
    if (number <= this.#begin) this.#find('inserted', { block: number })
    else if (!sound) this.#bad.push({ number, linked })
    else return this.#accept(block, number, linked)
    if (number > this.#begin) this.#before = { number, mac: block.mac }
    return null
  }

  #accept(block: Block, number: number, linked: boolean) {
    const sealedWall = Number(block.sealedWall)
    const last = this.#lastNumber
    if (number === last + 1 && !linked)
      this.#find('chain-rewritten', { block: last === this.#begin ? number : last })
    this.#missing('block-missing', last, number, sealedWall)
    for (const bad of this.#bad) this.#find('block-edited', { block: bad.number, since: sealedWall })
    this.#bad = []
    this.#compareHeads(number, block.mac)
    const { frame, entries } = unpackEntries(block.entries)
    this.frame = frame
    this.sound.push({ number, horizon: frame.horizon, sealedWall })
    this.#before = { number, mac: block.mac }
    return { number, sealedWall, entries }
  }

  /** Reports what can only be told after the last block. */
  end(): void {
    const published = Math.max(0, ...this.#heads.map((h) => h.number))
    const last = this.#lastNumber
    if (this.#isRewritten()) {
      this.#find('chain-rewritten', {
        block: this.#bad[0]!.number,
        through: this.#bad[this.#bad.length - 1]!.number,
      })
    } else for (const bad of this.#bad) this.#find('block-edited', { block: bad.number })
    this.#missing('cut-off', last, published + 1, this.#since)
    for (const { number } of this.#bad) this.#holes.push({ from: number, to: number })
  }

  /** Forged blocks link to one another to the very end; a block changed in place breaks the link after it. */
  #isRewritten(): boolean {
    const contiguous = this.#bad.every((b, i) => b.linked && b.number === this.#lastNumber + 1 + i)
    return this.#bad.length > 1 && contiguous
  }

  /**
   * Judges an event that no block lists, by the number of its transaction. Returns null when a block that cannot
   * be trusted may have listed it, since that block is a finding already.
   */
  stray({ id, tx }: { id: number; tx: number }): Finding | null {
    const epoch = this.#epoch()
    const home = epoch.findIndex((s) => s.horizon > tx)
    const at = epoch[home]
    if (!at) return { kind: 'inserted', stream: this.#stream, id, since: this.#since }
    const from = epoch[home - 1]?.number ?? this.#begin
    const to = epoch.find((s) => s.horizon > at.horizon)?.number ?? Infinity
    if (this.#holes.some((hole) => hole.to > from && hole.from < to)) return null
    return { kind: 'inserted', stream: this.#stream, id, block: at.number, since: at.sealedWall }
  }

  /** The sound blocks since the database last moved to another server, where transaction numbers begin anew. */
  #epoch(): Sound[] {
    const fell = this.sound.findLastIndex((s, i) => i > 0 && s.horizon < this.sound[i - 1]!.horizon)
    return fell === -1 ? this.sound : this.sound.slice(fell)
  }

  get #lastNumber(): number {
    return this.sound[this.sound.length - 1]?.number ?? this.#begin
  }

  get #since(): Instant | null {
    return this.sound[this.sound.length - 1]?.sealedWall ?? null
  }

  /** Reports missing block numbers, each run as one finding. */
  #missing(kind: FindingKind, after: number, before: number, since: Instant | null): void {
    const standing = this.#bad.map((b) => b.number).filter((n) => n > after && n < before)
    for (const number of standing) this.#holes.push({ from: number, to: number })
    let from = after + 1
    for (const next of [...standing, before]) {
      const to = next - 1
      if (to >= from) {
        this.#find(kind, { block: from, ...(to > from ? { through: to } : {}), since })
        this.#holes.push({ from, to })
      }
      from = next + 1
    }
  }

  #compareHeads(number: number, mac: Buffer): void {
    if (this.#heads.some((h) => h.number === number && !h.mac.equals(mac)))
      this.#find('chain-rewritten', { block: number })
  }

  #find(kind: FindingKind, what: Partial<Finding>): void {
    this.findings.push({ kind, stream: this.#stream, since: this.#since, ...what })
  }
}
