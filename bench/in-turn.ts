import { collectGarbage, watchGarbage } from './garbage.ts'
import { percentile } from './support.ts'

/** What it answers, as text, so that product and floor can be compared. */
export type Ask = () => Promise<string[]>
export type Sides<T> = { product: T; floor: T }
/** `rested`: what goes on once the answer is there, waited for outside of what is measured. */
export type Compared = Sides<Ask> & { rested: () => Promise<unknown> }
type Request = { from: number; ms: number; garbageMs: number }

/** Generic plans come after the fifth use, and code is compiled after some more. */
const WARM = 40
const SIDES = ['product', 'floor'] as const

/**
 * Both sides in turn, each first as often as the other, so that what else the machine does falls on both; garbage is collected before
 * each round. Percentiles are medians of the rounds: p99 of 200 requests is what two of them met, and one round may have met a stranger.
 */
export async function inTurn(asks: Compared, { times, rounds }: { times: number; rounds: number }) {
  for (let i = 0; i < WARM; i++)
    for (const side of SIDES) {
      await asks[side]()
      await asks.rested()
    }
  const measured: Sides<Request[][]> = { product: [], floor: [] }
  for (let round = 0; round < rounds; round++) {
    const { product, floor } = await oneRound(asks, times)
    measured.product.push(product)
    measured.floor.push(floor)
  }
  return {
    p50: both((side) => overRounds(measured[side], 0.5)),
    p99: both((side) => overRounds(measured[side], 0.99)),
    slowest: both((side) => slowestOf(measured[side].flat())),
  }
}

async function oneRound(asks: Compared, times: number): Promise<Sides<Request[]>> {
  const spent: Sides<{ from: number; ms: number }[]> = { product: [], floor: [] }
  collectGarbage()
  const garbage = watchGarbage()
  for (let i = 0; i < times; i++)
    for (const side of i % 2 === 0 ? SIDES : SIDES.toReversed()) {
      const from = performance.now()
      await asks[side]()
      spent[side].push({ from, ms: performance.now() - from })
      await asks.rested()
    }
  await garbage.stop()
  return both((side) =>
    spent[side].map((one) => ({ ...one, garbageMs: garbage.within(one.from, one.from + one.ms) })),
  )
}

function both<T>(of: (side: (typeof SIDES)[number]) => T): Sides<T> {
  return { product: of('product'), floor: of('floor') }
}

function overRounds(rounds: readonly Request[][], part: number): number {
  const each = rounds.map((round) =>
    percentile(
      round.map(({ ms }) => ms),
      part,
    ),
  )
  return rounded(percentile(each, 0.5))
}

/** Of one in a hundred requests of all rounds, how long the slowest took and how much of it was this process collecting garbage. */
function slowestOf(requests: readonly Request[]) {
  const slowest = [...requests].sort((a, b) => b.ms - a.ms).slice(0, Math.ceil(requests.length / 100))
  return slowest.map(({ ms, garbageMs }) => ({ ms: rounded(ms), garbageMs: rounded(garbageMs) }))
}

const rounded = (ms: number) => Math.round(ms * 100) / 100
