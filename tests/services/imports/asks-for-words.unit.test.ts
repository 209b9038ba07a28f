import { expect, test } from 'vitest'
import { asksForWords } from '../../../src/services/imports/end-reading.ts'
import { emptyTally } from '../../../src/services/imports/tally.ts'
import { MOST_WORDS } from '../../../src/ledgers/unknown-words.ts'

const level = (rows: number, word = '一等') => ({ field: 'level' as const, word, rows })
const town = (rows: number) => ({ field: 'town' as const, word: '老街', rows })
const cause = (rows: number) => ({ field: 'cause' as const, word: '因婚', rows })
const asks = (rows: number, unexplained: number, words: Parameters<typeof asksForWords>[0]['words']) =>
  asksForWords({ tally: { ...emptyTally(), rows }, words, unexplained }, { refuseUnknown: false })

test.each([
  ['more than half of the rows', asks(5, 3, [level(3)]), true],
  ['half of the rows', asks(4, 2, [level(2)]), false],
  ['the only row', asks(1, 1, [level(1)]), false],
  ['two words of one row, which count once', asks(4, 2, [level(2), town(2)]), false],
  ['levels here and towns there', asks(5, 3, [level(2), town(1)]), true],
  ['rows without any word, which no answer mends', asks(5, 4, [level(1)]), false],
  ['words of what is optional', asks(5, 0, [cause(5)]), false],
])('strange words in %s', (_what, asked, expected) => {
  expect(asked).toBe(expected)
})

test('more words than are counted are asked about all the same', () => {
  const words = Array.from({ length: MOST_WORDS }, (_, n) => level(1, `第${n}等`))
  expect(asks(200, 180, words)).toBe(true)
})

test('nothing is asked of whoever wants such rows refused', () => {
  const staged = { tally: { ...emptyTally(), rows: 5 }, words: [level(5)], unexplained: 5 }
  expect(asksForWords(staged, { refuseUnknown: true })).toBe(false)
})
