import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { onTimeRate, onTimeWords } from '../../../src/domain/obligation/on-time.ts'
import {
  byWorst,
  type Lateness,
  latenessWords,
  rankWorst,
} from '../../../src/domain/obligation/worst-offices.ts'

describe('the on-time rate', () => {
  it.each([
    [
      'two late ones left open beside five done in time',
      { done: 5, doneUnheld: 0, doneLate: 0, openLate: 2 },
      '71 %',
    ],
    ['all done in time', { done: 5, doneUnheld: 0, doneLate: 0, openLate: 0 }, '100 %'],
    ['nothing done, two late', { done: 0, doneUnheld: 0, doneLate: 0, openLate: 2 }, '0 %'],
    ['nothing to judge', { done: 0, doneUnheld: 0, doneLate: 0, openLate: 0 }, '–'],
    ['one of a thousand late', { done: 1000, doneUnheld: 0, doneLate: 1, openLate: 0 }, '99 %'],
    ['done before, beside one late', { done: 6, doneUnheld: 5, doneLate: 1, openLate: 0 }, '0 %'],
    ['nothing but what was done before', { done: 5, doneUnheld: 5, doneLate: 0, openLate: 0 }, '–'],
    ['one of a thousand in time', { done: 1, doneUnheld: 0, doneLate: 0, openLate: 999 }, '1 %'],
  ])('of %s', (_what, judged, words) => {
    expect(onTimeWords(judged)).toBe(words)
  })

  it('never rises by leaving late work undone', () => {
    const n = fc.integer({ min: 0, max: 50 })
    fc.assert(
      fc.property(n, n, n, (inTime, doneLate, openLate) => {
        const done = inTime + doneLate
        const open = onTimeRate({ done, doneUnheld: 0, doneLate, openLate: openLate + 1 })
        const finished = onTimeRate({ done: done + 1, doneUnheld: 0, doneLate: doneLate + 1, openLate })
        expect(open).toBe(finished)
      }),
    )
  })
})

const office = (name: string, red: number, count: number, longest: number) => ({
  name,
  red,
  count,
  longest,
})
const itself = (lateness: Lateness) => lateness

test('the worst office is by late red ones, then late ones, then the longest; ties share a place', () => {
  const ranked = rankWorst(
    [
      office('甲', 0, 9, 20),
      office('乙', 1, 1, 1),
      office('丙', 0, 2, 5),
      office('丁', 0, 2, 5),
      office('戊', 0, 0, 0),
      office('己', 0, 2, 6),
    ],
    itself,
  )
  expect(ranked.map(({ name, place, tied }) => `${name}${place}${tied ? '=' : ''}`)).toEqual([
    '乙1',
    '甲2',
    '己3',
    '丙4=',
    '丁4=',
    '戊null',
  ])
})

test('ranking is an order: sorting twice changes nothing', () => {
  const some = fc.record({ red: fc.nat(2), count: fc.nat(2), longest: fc.nat(2) })
  fc.assert(
    fc.property(fc.array(some), (offices) => {
      const ranked = rankWorst(offices, itself)
      expect(rankWorst(ranked, itself)).toEqual(ranked)
      for (const [i, o] of ranked.slice(1).entries()) expect(byWorst(ranked[i]!, o)).toBeLessThanOrEqual(0)
    }),
  )
})

test.each([
  [office('', 1, 3, 4), '逾期 3 件,其中红色 1 件,最长 4 个工作日'],
  [office('', 2, 2, 1), '逾期 2 件,都是红色,最长 1 个工作日'],
  [office('', 1, 1, 2), '逾期 1 件,是红色,最长 2 个工作日'],
  [office('', 0, 1, 0), '逾期 1 件,不满 1 个工作日'],
  [office('', 0, 0, 0), '没有逾期'],
])('the reason in words: %o', (lateness, words) => {
  expect(latenessWords(lateness)).toBe(words)
})
