import { expect, test } from 'vitest'
import { newsOf } from '../../web/src/pages/obligations/list-news.ts'

/** `a1 b1`: ids with their versions; one that goes on ends in dots. */
const rows = (text: string) => ({
  rows: (text.match(/\w\d/g) ?? []).map((one) => ({ id: one[0]!, version: Number(one[1]) })),
  isWhole: !text.endsWith('…'),
})

test.each([
  ['nothing happened', 'a1 b1', 'a1 b1', 0],
  ['one was changed', 'a1 b1', 'a2 b1', 1],
  ['one has left', 'a1 b1', 'b1', 1],
  ['one has come', 'a1 b1', 'c1 a1 b1', 1],
  ['one has come and one has left', 'a1 b1', 'c1 b1', 2],
  ['one has left, and the next came up', 'a1 b1 …', 'b1 c1 …', 1],
  ['one has come, and the last is on the next page', 'a1 b1 …', 'c1 a1 …', 1],
  ['only the order is another', 'a1 b1', 'b1 a1', 0],
])('%s', (_what, shown, now, count) => {
  expect(newsOf(rows(shown), rows(now))).toBe(count)
})
