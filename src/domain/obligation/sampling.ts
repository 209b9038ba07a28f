import { createHash } from 'node:crypto'
import type { Group } from './vocabulary.ts'

/**
 * The county looks for itself at a share of the uncovered of the four key groups (R18). Anybody who has the population and the
 * seed draws the same households: the method is written down in docs/sampling.md.
 */
export type SampleEntry = { id: string; town: string; group: Group }
/** A household of the population, at its place in the order of its town and group. The first `drawn` are looked at. */
export type DrawnEntry = SampleEntry & { place: number; drawn: boolean }
/** What a town owes: its share of its population, rounded up. */
export type TownShare = { town: string; population: number; required: number }

export const LEAST_PERCENT = 20

/** What names the population: the same households give the same digest, in whatever order they come. */
export function populationDigest(population: readonly SampleEntry[]): string {
  const lines = population.map(({ id, town, group }) => `${id}\t${town}\t${group}\n`).sort(byCode)
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/** How many of each town: whole numbers alone, so that no rounding of fractions comes between. */
export function townShares(population: readonly SampleEntry[], percent: number): TownShare[] {
  return [...groupedBy(population, ({ town }) => town)].map(([town, ofTown]) => ({
    town,
    population: ofTown.length,
    required: Math.ceil((ofTown.length * percent) / 100),
  }))
}

/** Draws the share of each town, over its groups as they are large. @returns the whole population, each at its place */
export function drawSample(
  population: readonly SampleEntry[],
  { seed, percent }: { seed: string; percent: number },
): DrawnEntry[] {
  const shares = new Map(townShares(population, percent).map(({ town, required }) => [town, required]))
  return [...groupedBy(population, ({ town }) => town)].flatMap(([town, ofTown]) => {
    const strata = groupedBy(ofTown, ({ group }) => group)
    const sizes = [...strata].map(([group, ofGroup]) => ({ group, size: ofGroup.length }))
    const wanted = allocate(sizes, shares.get(town) ?? 0)
    return [...strata].flatMap(([group, ofGroup]) => {
      const order = ofGroup
        .map((entry) => ({ entry, key: sampleKey(seed, entry.id) }))
        .sort((a, b) => byCode(a.key, b.key))
      return order.map(({ entry }, i) => ({ ...entry, place: i + 1, drawn: i < (wanted.get(group) ?? 0) }))
    })
  })
}

/** By which the households of a town and group are ordered. */
export function sampleKey(seed: string, id: string): string {
  return createHash('sha256').update(`${seed}\n${id}`).digest('hex')
}

/** Shares a number out as the sizes are: each its whole part, the rest to the largest remainders, the first code among equals. */
function allocate<G extends string>(
  sizes: readonly { group: G; size: number }[],
  wanted: number,
): Map<G, number> {
  const all = sizes.reduce((sum, { size }) => sum + size, 0)
  const parts = sizes.map(({ group, size }) => {
    const whole = Math.floor((wanted * size) / all)
    return { group, whole, rest: wanted * size - whole * all }
  })
  const left = wanted - parts.reduce((sum, { whole }) => sum + whole, 0)
  const byRest = [...parts].sort((a, b) => b.rest - a.rest || byCode(a.group, b.group))
  const more = new Set(byRest.slice(0, left).map(({ group }) => group))
  return new Map(parts.map(({ group, whole }) => [group, whole + (more.has(group) ? 1 : 0)]))
}

function groupedBy<K extends string, V>(list: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const keys = [...new Set(list.map(keyOf))].sort(byCode)
  return new Map(keys.map((key) => [key, list.filter((value) => keyOf(value) === key)]))
}

/** By code units, as every language sorts plain letters and digits. */
function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
