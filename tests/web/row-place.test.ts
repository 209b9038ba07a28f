import { describe, expect, it } from 'vitest'
import { chosenWith, neighbourOf, nthNow, rowsBetween } from '../../web/src/pages/obligations/row-place.ts'

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

describe('the place of whoever stands on a row', () => {
  it('is where it is listed now', () => {
    expect(nthNow(['c', 'b'], { id: 'b', nth: 0 }, IDS)).toBe(1)
  })

  it.each([
    ['it alone', 'b', ['a', 'c', 'd'], 'c', 'a'],
    ['it and others before it', 'c', ['b', 'd'], 'd', 'b'],
    ['it and all before it', 'c', ['d'], 'd', undefined],
    ['it and others to the end', 'c', ['a'], undefined, 'a'],
    ['the last and others', 'd', ['b'], undefined, 'b'],
  ] as const)('where %s left, neither key skips a row', (_how, id, now, down, up) => {
    const place = { id, nth: nthNow(now, { id, nth: IDS.indexOf(id) }, IDS) }
    expect([neighbourOf(now, place, 1), neighbourOf(now, place, -1)]).toEqual([down, up])
  })

  it('goes along as more leave after it', () => {
    const first = nthNow(['a', 'b', 'd'], { id: 'c', nth: 2 }, IDS)
    expect(nthNow(['b', 'd'], { id: 'c', nth: first }, ['a', 'b', 'd'])).toBe(1)
  })
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
