import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  drawSample,
  populationDigest,
  type SampleEntry,
  townShares,
} from '../../../src/domain/obligation/sampling.ts'
import { codesOf, GROUP_LABELS } from '../../../src/domain/obligation/vocabulary.ts'

const entry = fc.record({
  id: fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'0123456789abcdef') }),
  town: fc.constantFrom('sn.ak.zy.a', 'sn.ak.zy.b', 'sn.ak.zy.c'),
  group: fc.constantFrom(...codesOf(GROUP_LABELS)),
})
const anyPopulation = fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 120 })
const anySeed = fc.string({ maxLength: 20 })
const ofTown = (size: number, town = 'sn.ak.zy.a'): SampleEntry[] =>
  Array.from({ length: size }, (_, i) => ({ id: `${town}-${i}`, town, group: 'near-poor' }))
const drawnIds = (population: readonly SampleEntry[], seed: string, percent = 20) =>
  drawSample(population, { seed, percent })
    .filter(({ drawn }) => drawn)
    .map(({ id }) => id)
    .sort()

/** The method of docs/sampling.md, step by step and written apart. */
function redrawn(population: readonly SampleEntry[], seed: string, percent: number): string[] {
  const key = (id: string) => createHash('sha256').update(seed).update('\n').update(id).digest('hex')
  const ids: string[] = []
  for (const town of new Set(population.map((e) => e.town))) {
    const here = population.filter((e) => e.town === town)
    let left = 0
    while (left * 100 < here.length * percent) left++
    const total = left
    const groups = codesOf(GROUP_LABELS)
      .map((group) => ({ group, all: here.filter((e) => e.group === group) }))
      .filter(({ all }) => all.length > 0)
      .map((g) => ({
        ...g,
        n: Math.trunc((total * g.all.length) / here.length),
        r: (total * g.all.length) % here.length,
      }))
    left -= groups.reduce((sum, { n }) => sum + n, 0)
    groups.sort((a, b) => b.r - a.r || (a.group < b.group ? -1 : 1))
    for (const { all, n } of groups) {
      const many = n + (left-- > 0 ? 1 : 0)
      ids.push(
        ...all
          .map(({ id }) => ({ id, k: key(id) }))
          .sort((a, b) => (a.k < b.k ? -1 : 1))
          .slice(0, many)
          .map(({ id }) => id),
      )
    }
  }
  return ids.sort()
}

describe('a sample', () => {
  it('is drawn again by whoever has the population, the seed and the written method', () => {
    fc.assert(
      fc.property(anyPopulation, anySeed, fc.integer({ min: 20, max: 100 }), (population, seed, percent) => {
        expect(drawnIds(population, seed, percent)).toEqual(redrawn(population, seed, percent))
      }),
    )
  })

  it('is the same in whatever order the households come, and so is the digest', () => {
    fc.assert(
      fc.property(anyPopulation, anySeed, (population, seed) => {
        const turned = [...population].reverse()
        expect(drawnIds(turned, seed)).toEqual(drawnIds(population, seed))
        expect(populationDigest(turned)).toBe(populationDigest(population))
      }),
    )
  })

  it('has at least its share of every town, and one household less would be too few', () => {
    fc.assert(
      fc.property(anyPopulation, anySeed, (population, seed) => {
        const drawn = drawSample(population, { seed, percent: 20 }).filter((e) => e.drawn)
        for (const { town, population: size, required } of townShares(population, 20)) {
          expect(drawn.filter((e) => e.town === town)).toHaveLength(required)
          expect(required * 5).toBeGreaterThanOrEqual(size)
          expect((required - 1) * 5).toBeLessThan(size)
        }
      }),
    )
  })

  it('is another one for another seed', () => {
    const population = ofTown(100)
    expect(drawnIds(population, '2022-1')).not.toEqual(drawnIds(population, '2022-2'))
  })
})

test.each([
  [0, []],
  [1, [1]],
  [5, [1]],
  [6, [2]],
  [100, [20]],
  [101, [21]],
])('of %i households in a town 20 % are %j', (size, required) => {
  expect(townShares(ofTown(size), 20).map((share) => share.required)).toEqual(required)
})

test('a household that changed its group gives another digest', () => {
  const population = ofTown(3)
  const [first, ...rest] = population
  expect(populationDigest([{ ...first!, group: 'unstable-exit' }, ...rest])).not.toBe(
    populationDigest(population),
  )
})
