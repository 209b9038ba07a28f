import { createHash } from 'node:crypto'

/** Repeatable randomness: the same seed and name always give the same numbers. */
export type SeededRandom = {
  /** 0 ≤ x < 1. */
  next(): number
  happens(probability: number): boolean
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number
  pick<T>(all: readonly T[]): T
}

export function seededRandom(seed: number, name: string): SeededRandom {
  const digest = createHash('sha256').update(`${seed}|${name}`).digest()
  let turn = 0
  const next = () => {
    const word = createHash('sha256').update(digest).update(`${turn++}`).digest().readUInt32BE(0)
    return word / 2 ** 32
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    whole,
    happens: (probability) => next() < probability,
    pick: (all) => {
      if (all.length === 0) throw new RangeError('nothing to pick from')
      return all[whole(0, all.length - 1)]!
    },
  }
}
