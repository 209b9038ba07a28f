import { expect, test } from 'vitest'
import { isMineFirst } from '../../web/src/pages/overview/mine-first.ts'

test.each([
  ['an officer with nothing to do', false, { mine: { count: 0 } }, true],
  ['a leader with nothing to do', true, { mine: { count: 0 }, toReview: null }, false],
  ['a leader who has something to do', true, { mine: { count: 2 }, toReview: null }, true],
  ['a leader for whose review something waits', true, { mine: null, toReview: { count: 1 } }, true],
  ['a leader of whom nothing is known yet', true, undefined, false],
])('%s', (_who, leads, home, first) => {
  expect(isMineFirst(leads, home)).toBe(first)
})
