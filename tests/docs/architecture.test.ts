import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const lint = new URL('.dependency-cruiser.mjs', root)
const { ROOMS, SUBJECTS } = (await import(lint.href)) as Record<'ROOMS' | 'SUBJECTS', string[]>
const text = readFileSync(new URL('ARCHITECTURE.md', root), 'utf8')

/** The first cells of the rows under a table's head, in order. */
function firstCells(head: string): string[] {
  const [, after = ''] = text.split(new RegExp(`\\| ${head}[^\\n]*\\n`))
  const body = after.split('\n\n')[0] ?? ''
  return [...body.matchAll(/^\| `([^`]+)`/gm)].map(([, cell = '']) => cell)
}

/** The folders directly below a folder of the repository. */
function foldersOf(path: string): string[] {
  const entries = readdirSync(new URL(path, root), { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

test('the table of rooms is the ordered list that the lint enforces', () => {
  expect(firstCells('room')).toEqual(ROOMS.map((room) => `src/${room}`))
  expect(foldersOf('src').sort()).toEqual([...ROOMS].sort())
})

test('the table of subjects is the ordered list that the lint enforces', () => {
  expect(firstCells('subject')).toEqual(SUBJECTS)
  expect(foldersOf('src/services').sort()).toEqual([...SUBJECTS].sort())
})
