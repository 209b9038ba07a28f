import { expect, it } from 'vitest'
import { nextOf } from '../../web/src/pages/review/next-of.ts'

const ORDER = ['a', 'b', 'c', 'd']
const nextBehind = (last: string | null, queue: string[], passed: string[] = []) =>
  nextOf(queue, { order: ORDER, last, passed })

it('opened without a place, a queue begins with its first', () => {
  expect(nextOf(ORDER, { order: [], last: null, passed: [] })).toBe('a')
})

it('goes on behind the one that was decided, wherever it was begun', () => {
  expect(nextBehind('b', ['a', 'c', 'd'])).toBe('c')
  // Somebody else decided the one behind it meanwhile.
  expect(nextBehind('b', ['a', 'd'])).toBe('d')
})

it('past the end those are left that stood before where it was begun', () => {
  expect(nextBehind('d', ['a', 'b'])).toBe('a')
})

it('what was put off comes once nothing else waits, in the order in which it was put off', () => {
  expect(nextBehind('b', ORDER, ['b'])).toBe('c')
  expect(nextBehind('d', ['b', 'c'], ['c', 'b'])).toBe('c')
  expect(nextBehind('b', ['b'], ['b'])).toBe('b')
})

it('what came in meanwhile is not left out, and an empty queue has none', () => {
  expect(nextBehind('d', ['new'])).toBe('new')
  expect(nextBehind('d', [])).toBeUndefined()
})
