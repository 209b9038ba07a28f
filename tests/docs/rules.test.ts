import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ACTION_BY_LABELS, ACTION_FIELDS, ACTIONS, actionRule } from '../../src/domain/obligation/actions.ts'
import { applyAction, type ActionInput } from '../../src/domain/obligation/lifecycle.ts'
import { codesOf, STAGE_LABELS, STATE_LABELS, type State } from '../../src/domain/obligation/vocabulary.ts'
import { FILE_RULES } from '../../src/ledgers/refusals.ts'
import { ROW_RULES } from '../../src/ledgers/row-error.ts'

const root = new URL('../../', import.meta.url)
const text = readFileSync(new URL('docs/rules.md', root), 'utf8')
/** What the cells of a line say; null where it is no line of a table. */
const cells = (line: string) =>
  line.startsWith('|')
    ? line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    : null
const tables = text.split('\n').flatMap((line) => [cells(line)].filter((found) => found !== null))

/** The text of every file of ours below a folder. */
function sources(folder: string): string[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(`${folder}/${name}`, root), 'utf8'))
}

test('every rule a row of a file is held to stands there, with its sentence, and no other', () => {
  const from = tables.findIndex(([rule]) => rule === '规则') + 2
  const listed = tables.slice(from, from + Object.keys(ROW_RULES).length)
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(Object.entries(ROW_RULES).map(([rule, sentence]) => [`\`${rule}\``, sentence])),
  )
})

test('every rule a file as a whole is held to stands there', () => {
  for (const rule of Object.keys(FILE_RULES)) expect(text).toContain(`\`${rule}\``)
})

test('every check between fields of a request or a policy stands there in its own words', () => {
  const said = [...sources('src/contract'), ...sources('src/domain')].flatMap((source) =>
    source
      .split('.refine(')
      .slice(1)
      .map((check) => /'([^'\n]*\p{Script=Han}[^'\n]*)'/u.exec(check)?.[1] ?? check),
  )
  expect(said.length).toBeGreaterThan(6)
  for (const sentence of said) expect(text).toContain(sentence)
})

test('every check between settings stands there in its own words, with the settings it names', () => {
  const source = readFileSync(new URL('src/bin/config/config.ts', root), 'utf8')
  const [, checks = ''] = /function contradictions\(.*?\n([^]*?)\n}/.exec(source) ?? []
  const said = [...checks.matchAll(/['`][^'`\n]*?:([^'`\n]*\p{Script=Han}[^'`\n]*)['`]/gu)].map(
    ([, words]) => words,
  )
  const rules = tables.map(([, rule]) => rule)
  expect(said.length).toBeGreaterThan(3)
  for (const sentence of said) expect(rules).toContain(sentence)
  for (const [, name = ''] of checks.matchAll(/\b((?:TEMPORAL|DUBAN)_[A-Z_]+)\b/g))
    expect(text).toContain(name)
})

test('every refusal it names is one of ours', () => {
  const code = [
    ...sources('src/api'),
    ...sources('src/domain'),
    ...sources('src/activities'),
    ...sources('src/services'),
    ...sources('src/db'),
  ].join('\n')
  const named = tables.filter(([request]) => /^(`(POST|GET)|改|新|修|重)/.test(request ?? ''))
  const refusals = named.flatMap(([, , said = '']) => [...said.matchAll(/`([a-z-]+)(…?)`/g)])
  expect(refusals.length).toBeGreaterThan(30)
  for (const [, name = '', more] of refusals)
    expect(code).toMatch(new RegExp(`['\`]${name}${more ? '' : "'"}`))
})

test('which action goes with which state is what decides it', () => {
  const inputs: ActionInput[] = [
    { action: 'acknowledge' },
    { action: 'submit', result: { outcome: 'dibao' } },
    { action: 'accept' },
    { action: 'return', reason: 'x' },
    { action: 'cancel', reason: 'x' },
    { action: 'reopen', reason: 'x' },
  ]
  const may = (state: State, input: ActionInput) =>
    !(
      'refused' in
      applyAction(
        {
          ...{ state, holder: null, acknowledgedAt: null, withdrawn: false },
          ...{ performer: 'a', reviewer: 'b', submittedBy: null },
        },
        input,
        0,
        () => null,
      )
    )
  const said = new Map(tables.map(([state = '', ...marks]) => [state, marks]))
  expect(said.get('状态')).toEqual(inputs.map(({ action }) => action))
  expect(inputs.map(({ action }) => action)).toEqual(codesOf(ACTIONS))
  for (const state of codesOf(STATE_LABELS))
    expect([state, said.get(`\`${state}\``)]).toEqual([
      state,
      inputs.map((input) => (may(state, input) ? '✓' : '')),
    ])
})

test('what each action is stands there as its row of the table', () => {
  const listed = new Map(tables.map(([code = '', ...rest]) => [code, rest]))
  for (const code of codesOf(ACTIONS)) {
    const { label, by, permission, fields, to, begins, inverse } = actionRule(code)
    const written = fields.map((field) => {
      const { label: name, missing } = ACTION_FIELDS[field]
      return missing ? `${name}(必填)` : name
    })
    expect([code, listed.get(`\`${code}\``)]).toEqual([
      code,
      [
        ...[label, ACTION_BY_LABELS[by], `\`${permission}\``, written.join('、')],
        ...[to === null ? '不变' : STATE_LABELS[to], begins === null ? '' : STAGE_LABELS[begins]],
        inverse === null ? '' : `\`${inverse}\``,
      ],
    ])
  }
})
