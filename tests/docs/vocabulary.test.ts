import { readdirSync, readFileSync } from 'node:fs'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import * as schema from '../../src/db/schema/index.ts'

const root = new URL('../../', import.meta.url)
const THIS_FILE = 'tests/docs/vocabulary.test.ts'
const [words = '', retired = ''] = readFileSync(new URL('docs/glossary.md', root), 'utf8').split(
  '## Retired words',
)

/** The cells of every table line below its header. */
function tableRows(text: string): string[][] {
  return text.split('\n').flatMap((line, i, lines) => {
    const isBody = line.startsWith('|') && !/^\|[ -]+\|/.test(line) && !/^\|[ -]+\|/.test(lines[i + 1] ?? '')
    return isBody
      ? [
          line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ]
      : []
  })
}

/** The code words of a cell. */
const codesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs|js)$/.test(name))
    .map((name) => ({
      path: `${folder}/${name}`,
      text: readFileSync(new URL(`${folder}/${name}`, root), 'utf8'),
    }))
}

const terms = tableRows(words)
const src = sources('src')

const places = Object.values(schema).flatMap((table) => {
  if (!(table instanceof PgTable)) return []
  const { name, columns } = getTableConfig(table)
  return [name, ...columns.map((column) => `${name}.${column.name}`)]
})
const missingPlaces = (named: string[]) => named.filter((place) => !places.includes(place))
const missingTypes = (named: string[]) =>
  named.filter((name) => {
    const declared = new RegExp(`export (type|interface|class|(async )?function\\*?|const) ${name}\\b`)
    return !src.some(({ text }) => declared.test(text))
  })

/** Whole words only: `guarded` is not found in `unguarded`. */
function retiredWordsIn(text: string, list: string[]): string[] {
  return list.filter((word) => new RegExp(`(?<![\\w$])${word}(?![\\w$])`).test(text))
}

const retiredWords = tableRows(retired).flatMap(([old = '', , gone]) =>
  gone === 'everywhere' ? codesIn(old) : [],
)

test('every term of the glossary has both words and says in twelve words or fewer what it is', () => {
  expect(terms.length).toBeGreaterThan(80)
  for (const [chinese, english, place, type, meaning = ''] of terms) {
    expect(chinese).toMatch(/\p{Script=Han}/u)
    expect(english).toMatch(/^[A-Za-z, -]+$/)
    expect([place, type].join('')).toContain('`')
    expect(meaning.split(' ').length, meaning).toBeLessThanOrEqual(12)
    expect(meaning).not.toBe('')
  }
})

test('every table, column and type that the glossary names exists', () => {
  const named = terms.flatMap(([, , place = '']) => codesIn(place))
  const types = terms.flatMap(([, , , type = '']) => codesIn(type))
  expect(named.length).toBeGreaterThan(50)
  expect(types.length).toBeGreaterThan(80)
  expect(missingPlaces(named)).toEqual([])
  expect(missingTypes(types)).toEqual([])
})

test('every table has its word', () => {
  const named = new Set(terms.flatMap(([, , place = '']) => codesIn(place).map((code) => code.split('.')[0])))
  const tables = places.filter((place) => !place.includes('.'))
  expect(tables.length).toBeGreaterThan(70)
  expect(tables.filter((table) => !named.has(table))).toEqual([])
})

test('a column or type that does not exist is found', () => {
  expect(missingPlaces(['obligations.colour', 'colours'])).toEqual(['obligations.colour', 'colours'])
  expect(missingTypes(['Obligatory', 'Kin'])).toEqual(['Obligatory', 'Kin'])
})

test('no retired word stands in any source file', () => {
  const files = ['src', 'tests', 'bench', 'scripts'].flatMap(sources).filter(({ path }) => path !== THIS_FILE)
  expect(files.length).toBeGreaterThan(500)
  expect(retiredWords.length).toBeGreaterThan(40)
  const found = files.flatMap(({ path, text }) =>
    retiredWordsIn(text, retiredWords).map((word) => `${path}: ${word}`),
  )
  expect(found).toEqual([])
})

test('each retired word is found in a comment and in an identifier, and only as a whole word', () => {
  for (const word of retiredWords) {
    expect(retiredWordsIn(`// The old ${word}, in a comment`, retiredWords)).toEqual([word])
    expect(retiredWordsIn(`return ${word}(actor)`, retiredWords)).toEqual([word])
    expect(retiredWordsIn(`const un${word}ly = 1`, retiredWords)).toEqual([])
  }
})
