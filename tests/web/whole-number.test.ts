import { expect, test } from 'vitest'
import type { ListQuery } from '../../web/src/pages/obligations/asked.ts'
import { isEverywhere, looksLikeNumber } from '../../web/src/pages/obligations/whole-number.ts'

test.each([
  ['YS20261100103', true],
  [' yj4 ', true],
  ['YJ-2026-004', true],
  ['20261100103', true],
  ['2026', false],
  ['瓦庙镇', false],
  ['2026年', false],
  ['YJ', false],
  ['YJ4 瓦庙', false],
  ['', false],
])('“%s” looks like a whole number: %s', (text, is) => {
  expect(looksLikeNumber(text)).toBe(is)
})

test.each<[string, ListQuery, boolean]>([
  ['a number in everything', { sort: 'holderDueAt', standing: 'all', q: 'YJ4' }, true],
  ['a number under a filter', { standing: 'all', q: 'YJ4', level: 'red' }, false],
  ['a number in one view', { standing: 'pressing', q: 'YJ4' }, false],
  ['words', { standing: 'all', q: '瓦庙' }, false],
  ['nothing', { standing: 'all' }, false],
])('%s is told as looked for everywhere: so or not', (_what, query, is) => {
  expect(isEverywhere(query)).toBe(is)
})
