import { describe, expect, it } from 'vitest'
import { chosenWith, neighbourOf, rowsBetween } from '../../web/src/pages/obligations/row-place.ts'

const IDS = ['a', 'b', 'c', 'd']

describe('the row one further', () => {
  it.each([
    ['from nowhere down, the first', { id: null, nth: 0 }, 1, 'a'],
    ['from nowhere up, none', { id: null, nth: 0 }, -1, undefined],
    ['down', { id: 'b', nth: 1 }, 1, 'c'],
    ['up', { id: 'b', nth: 1 }, -1, 'a'],
    ['from the last down, none', { id: 'd', nth: 3 }, 1, undefined],
    [
      'down from one that was done and has left the list, the one that has its place',
      { id: 'x', nth: 2 },
      1,
      'c',
    ],
    ['up from one that has left, the one before it', { id: 'x', nth: 2 }, -1, 'b'],
    ['down from the last, which has left, none', { id: 'x', nth: 4 }, 1, undefined],
  ] as const)('%s', (_how, place, by, next) => expect(neighbourOf(IDS, place, by)).toBe(next))
})

describe('a range', () => {
  it('goes from the row before to this one, in either direction', () => {
    expect(rowsBetween(IDS, 'b', 'd')).toEqual(['b', 'c', 'd'])
    expect(rowsBetween(IDS, 'c', 'a')).toEqual(['a', 'b', 'c'])
  })

  it('is this one alone where none was chosen before, or it has left the list', () => {
    expect(rowsBetween(IDS, null, 'c')).toEqual(['c'])
    expect(rowsBetween(IDS, 'x', 'c')).toEqual(['c'])
  })
})

describe('what is chosen', () => {
  it('is a whole range where the row that was pressed was not, and none of it where it was', () => {
    expect([...chosenWith(new Set(['b']), 'd', ['b', 'c', 'd'])]).toEqual(['b', 'c', 'd'])
    expect([...chosenWith(new Set(['a', 'b', 'd']), 'd', ['b', 'c', 'd'])]).toEqual(['a'])
  })
})
