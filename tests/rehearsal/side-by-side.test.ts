import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Case } from '../../src/rehearsal/case-book.ts'
import { ExpectedHistory } from '../../src/rehearsal/expected-history.ts'
import { apart, sideBySide } from '../../src/rehearsal/side-by-side.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import { idsOf } from '../../src/rehearsal/undo-work.ts'

test('several are under way at once, and what came of them stands in the order given', async () => {
  let underWay = 0
  let most = 0
  const waits = [30, 1, 20, 5, 10, 1, 1, 2, 3]
  const results = await sideBySide(waits, async (ms) => {
    most = Math.max(most, ++underWay)
    await new Promise((resolve) => setTimeout(resolve, ms))
    underWay -= 1
    return ms
  })
  expect(results).toEqual(waits)
  expect(most).toBe(4)
})

test('one that fails is not swallowed', async () => {
  const failing = sideBySide([1, 2, 3], (n) =>
    n === 2 ? Promise.reject(new Error('two')) : Promise.resolve(n),
  )
  await expect(failing).rejects.toThrow('two')
})

test('after one has failed nothing more is begun', async () => {
  const begun: number[] = []
  const failing = sideBySide([1, 2, 3, 4, 5, 6, 7, 8], async (n) => {
    begun.push(n)
    if (n === 2) throw new Error('two')
    await new Promise((resolve) => setTimeout(resolve, 5))
  })
  await expect(failing).rejects.toThrow('two')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(begun).toEqual([1, 2, 3, 4])
})

test('groups with a member in common are in different parts, in their order; nothing is lost', () => {
  const groups = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 3 }))
  fc.assert(
    fc.property(groups, (all) => {
      const numbered = all.map((ids, at) => ids.map((id) => ({ id, at })))
      const parts = apart(numbered, ({ id }) => [id])
      expect(parts.flat().sort((a, b) => a[0]!.at - b[0]!.at)).toEqual(numbered)
      for (const part of parts) {
        const ids = part.flatMap((group) => [...new Set(group.map(({ id }) => id))])
        expect(new Set(ids).size).toBe(ids.length)
      }
      for (const id of ['a', 'b', 'c', 'd', 'e']) {
        const order = parts.flat().flatMap((group) => group.filter((m) => m.id === id).map((m) => m.at))
        expect(order).toEqual([...order].sort((a, b) => a - b))
      }
    }),
  )
  expect(apart([['a'], ['b'], ['a', 'c'], ['d']], (id) => [id])).toEqual([
    [['a'], ['b'], ['d']],
    [['a', 'c']],
  ])
})

test('what is done to what began with an acceptance, and taking that acceptance back, are in different parts', () => {
  const item = { item: 'YJ1', kind: 'warning', level: 'yellow', office: 'maoba', reviewer: 'relief' }
  const story = new ExpectedHistory(simpleCalendar())
  const turn = story.begin(item, '2022-07-04', null, 0)
  const of: Case = { id: 'ob_1', item, round: 0, turn }
  const began = [{ id: 'ob_2', item: { ...item, item: 'YJ1 救助落实', kind: 'follow-up' } }]
  const done = { action: 'accept', at: 0, detail: {} } as const
  const takingBack = { by: 'relief1@x.test', of, done, memory: story.remember(item), began }
  const undo = { action: 'undo', of: { ...of, takingBack } } as const
  const start = { action: 'acknowledge', of: { ...of, id: 'ob_2' } } as const
  const partsOf = (...plans: Parameters<typeof idsOf>[0][]) =>
    apart(
      plans.map((plan) => [plan]),
      idsOf,
    )
  expect(partsOf(undo, start)).toEqual([[[undo]], [[start]]])
  expect(partsOf({ ...undo, action: 'accept' }, start)).toHaveLength(1)
})
