import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { zhCN } from '../../web/src/words/zh-CN.ts'

type Texts = { [key: string]: string | Texts }

const ROOT = new URL('../../web/src/', import.meta.url)
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(vue|ts)$/.test(path) && !path.startsWith('words/'))
  .map((path) => readFileSync(new URL(path, ROOT), 'utf8'))
const code = sources.join('\n')

/** Tables of codes: their keys come from the program, or from a name put behind the table's. */
const TABLES = new Set([
  ...[...code.matchAll(/`([\w.-]+)\.\$\{/g)].map(([, table]) => table ?? ''),
  ...[...code.matchAll(/tm\('([\w.-]+)'\)/g)].map(([, table]) => table ?? ''),
  // Named by a field of a form or a list.
  ...['queue', 'kind', 'cause', 'group', 'obligationState', 'system.parts', 'system.modes', 'importField'],
  ...['ending', 'down', 'span'],
])
/** Named in full somewhere, though some keys are put together. */
const IN_FULL = new Set(['overview', 'keys', 'review', 'people'])

function keysOf(texts: Texts, above = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [above + key] : keysOf(value, `${above}${key}.`),
  )
}

/** The codes of a field of a form: the field's name is put between. */
const OF_FIELDS = /^(form\.)?choice\.\w+$/

function isUsed(key: string): boolean {
  const table = key.slice(0, key.lastIndexOf('.'))
  if (OF_FIELDS.test(table)) return true
  if (TABLES.has(table) && !IN_FULL.has(table)) return true
  if (code.includes(`'${key}'`)) return true
  return IN_FULL.has(table) && code.includes(`'${key.slice(key.lastIndexOf('.') + 1)}'`)
}

it('a text that no page shows is found', () => {
  expect(isUsed('nowhere.shown')).toBe(false)
  expect(isUsed('overview.nowhere')).toBe(false)
})

it('every text of the catalogue is shown somewhere', () => {
  expect(keysOf(zhCN).filter((key) => !isUsed(key))).toEqual([])
})
