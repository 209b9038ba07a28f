import { expect, it } from 'vitest'
import { firstPost } from '../../web/src/pages/item/first-post.ts'
import { othersIn } from '../../web/src/pages/overview/use-phase-words.ts'

/** What a browser kept of the previous release has not what this one adds; the page is drawn all the same. */

it('a phase without kinds has none to name', () => {
  expect(othersIn({})).toEqual([])
  const report = { kind: 'report', label: '季度报告', count: 9 }
  expect(othersIn({ kinds: [{ kind: 'warning', label: '预警核查', count: 100 }, report] })).toEqual([report])
})

it('somebody who was told has no post there', () => {
  expect(firstPost({})).toBeUndefined()
  expect(firstPost({ posts: [] })).toBeUndefined()
})
