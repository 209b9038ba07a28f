import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const text = readFileSync(new URL('docs/asvs.md', root), 'utf8')
/** Numbers and levels as the standard has them, without its sentences. */
const standard: unknown = JSON.parse(readFileSync(new URL('asvs-5.0.0.json', import.meta.url), 'utf8'))
const STATES = ['met', '**partly**', '**not met**', 'operator', 'does not apply']

/** A row for each requirement; several may share a line. */
const rows = text.split('\n').flatMap((line) => {
  const [, numbers = '', level, , state = '', , by = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
  if (!/^\d/.test(numbers)) return []
  return numbers.split(', ').map((number) => ({ number, level, state, by }))
})

test('every requirement of levels 1 and 2 of ASVS 5.0.0 is answered, once and in order', () => {
  expect(rows.map(({ number, level }) => ({ number, level: Number(level) }))).toEqual(standard)
})

test('what shows it is there, and what is said to be met is mostly shown by a test', () => {
  for (const { number, state, by } of rows) {
    expect(STATES, number).toContain(state)
    for (const [, path = ''] of by.matchAll(/`([^`]+)`/g))
      expect(existsSync(new URL(path, root)), `${number}: ${path}`).toBe(true)
  }
  const met = rows.filter(({ state }) => state === 'met')
  expect(met.filter(({ by }) => by.includes('tests/')).length / met.length).toBeGreaterThan(0.8)
})

test('the summary of docs/security.md counts as the table does', () => {
  const summary = readFileSync(new URL('docs/security.md', root), 'utf8').replace(/\s+/g, ' ')
  const count = (state: string) => rows.filter((r) => r.state === state).length
  expect(summary).toContain(
    `${count('met')} met, ${count('does not apply')} that do not apply, ${count('operator')} for whoever installs it, ${count('**partly**')} partly met, ${count('**not met**')} not met.`,
  )
  for (const { number } of rows.filter((r) => ['**partly**', '**not met**'].includes(r.state)))
    expect(summary).toContain(`(${number})`)
})
