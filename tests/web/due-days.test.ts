import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const ROOT = new URL('../../web/src/', import.meta.url)
const pages = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.vue'))
  .map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')] as const)

it('the due day of an item says where it may still move: its year’s holidays are not known yet', () => {
  const days = pages.flatMap(([path, text]) =>
    [...text.matchAll(/<DueDay\b[^>]*>/g)].map(([tag]) => ({ path, tag })),
  )
  expect(days.length).toBeGreaterThan(6)
  // A day on which something was done is none; a phase's day and that of a redo are fixed.
  const silent = days.filter(({ tag }) => !/\bplain\b|:provisional=/.test(tag))
  expect(silent.map(({ tag }) => tag)).toEqual([
    '<DueDay v-if="row.dueOn" :day="row.dueOn" />',
    '<DueDay :day="item.redoDueOn" />',
  ])
})
