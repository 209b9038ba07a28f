import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { momentName } from '../../../src/domain/escalation/moment-form.ts'
import { POLICY } from '../county.ts'

/** Codes of rules, keys of moments and causes are keys: the code compares them whole, and reads nothing out of them. */
const KEY = String.raw`\b(?:[\w.?!]*\.)?(?:rule|rule\.code|moment|moment\.name|cause)[?!]?`
const PARSED = [
  // rule.split('/'), n.cause.slice(3), row.moment.startsWith('join-'), f.moment.match(…)
  new RegExp(
    `${KEY}\\.(?:split|slice|substring|substr|startsWith|endsWith|indexOf|lastIndexOf|includes|match|matchAll|search|replace|replaceAll)\\(`,
  ),
  // /^rung-/.test(moment)
  new RegExp(`\\.(?:test|exec)\\(\\s*${KEY}\\s*\\)`),
  // rule === 'review', switch (moment)
  new RegExp(`${KEY}\\s*[!=]==\\s*['"\`]`),
  new RegExp(`switch \\(${KEY}\\)`),
  // In SQL: split_part(n.cause, …), n.cause like …, n.cause = f.deadline || …
  /\b(?:split_part|substring|left|right|strpos|position|regexp_\w+)\((?:\w+\.)?(?:rule|moment|cause)\b/,
  /\b\w\.(?:rule|moment|cause)\s*(?:(?:not )?i?like\b|~|\^@|=\s*[^$;\n]*\|\|)/,
]
/** A cause of an error and a rule for the rows of a file are other things of the same name. */
const OTHERS = [
  'src/ledgers/',
  'src/bin/cli/import-words.ts',
  'src/bin/cli/refused-words.ts',
  'src/bin/cli/repeated-words.ts',
  'src/api/plugins/',
  'src/workflows/import-file.ts',
  'src/api/imports/',
  'src/services/imports/',
]

const root = new URL('../../../', import.meta.url)
const files = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name}`)
  .filter((name) => name.endsWith('.ts') && !OTHERS.some((other) => name.startsWith(other)))
const source = new Map(files.map((name) => [name, readFileSync(new URL(name, root), 'utf8')]))

const findings = (text: string) =>
  text.split('\n').filter((line) => PARSED.some((pattern) => pattern.test(line)))

test.each([
  `const reviewing = deadline.rule.split('/')[0] === 'review'`,
  `levels.find((level) => rule.startsWith(\`warning-\${level}\`))`,
  `momentLabel(row.cause.split('/')[1] ?? '')`,
  `fired.filter((f) => f.moment.startsWith('join-'))`,
  `return moment === 'assigned' ? 'assigned' : 'reminder'`,
  `if (/^rung-/.test(firing.moment)) return`,
  `switch (moment) {`,
  `where n.deadline = f.deadline and n.cause = f.deadline || '/' || f.moment) told`,
  `select split_part(n.cause, '/', 2) as moment`,
  `where d.rule like 'warning-%'`,
])('the check finds what was or might be written: %s', (line) => {
  expect(findings(line)).toEqual([line])
})

test('no code of a rule, no key of a moment and no cause of a notification is parsed', () => {
  expect(source.size).toBeGreaterThan(250)
  const found = [...source].flatMap(([name, text]) => findings(text).map((line) => `${name}: ${line.trim()}`))
  expect(found).toEqual([])
})

test('no code of the example policy is written in the code, and the keys of moments in one file only', () => {
  const kinds = ['review', 'rectification', 'follow-up', 'monitoring-visit', 'spot-check']
  const codes = POLICY.rules.map((rule) => rule.code).filter((code) => !kinds.includes(code))
  expect(codes).toContain('warning-red')
  const apart = /^src\/(rehearsal\/|domain\/escalation\/moment-form\.ts)/
  const keys = [momentName({ series: 'rung', n: 1 }), momentName({ series: 'before', workingDays: 1 })]
  const stems = [...codes, ...keys.map((key) => key.replace(/\d.*/, '')), 'repeat-', 'join-']
  const found = [...source].flatMap(([name, text]) =>
    apart.test(name)
      ? []
      : stems.filter((stem) => new RegExp(`['"\`]${stem}`).test(text)).map((s) => [name, s]),
  )
  expect(found).toEqual([])
})
