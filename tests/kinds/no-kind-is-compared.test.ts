import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { KINDS } from '../../src/kinds/kinds.ts'

const root = new URL('../../src/', import.meta.url)
const code = `(['"\`])(?:${KINDS.map((kind) => kind.code).join('|')})\\k<quote>`.replace('([', '(?<quote>[')
const sources = () =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const textOf = (name: string) => readFileSync(new URL(name, root), 'utf8')
/** A code of a kind beside a comparison, behind `case`, in a list that is asked, or in SQL. */
const COMPARED = [
  `[=!]==?\\s*${code}`,
  `${code}\\s*[=!]==?`,
  `case\\s+${code}\\s*:`,
  `\\[[^\\]]*${code}[^\\]]*\\]\\s*\\.includes\\(`,
  `kind"?\\s*(?:=|<>|!=|(?:not\\s+)?in\\s*\\()\\s*${code}`,
].map((pattern) => new RegExp(pattern))

/** A kind taken by its code, where it should be found by what it is: its `begins`, its `limit`. */
const NAMED = new RegExp(`\\bkind['"]?\\s*:\\s*${code}`)
const MAY_NAME = /^(kinds|domain|rehearsal)\//

function compares(source: string): boolean {
  return COMPARED.some((pattern) => pattern.test(source))
}

it.each([
  `if (kind === 'warning') return`,
  `return obligation.kind !== "monitoring-visit"`,
  `'launch' === kind`,
  `kind ===\n    'comparison'`,
  `switch (kind) {\n  case 'follow-up':`,
  `['launch', 'report'].includes(kind)`,
  "`select id from obligations where kind = 'spot-check'`",
  "`where o.kind <> 'rectification'`",
  "`where o.kind in ('screening', 'report')`",
])('notices %s', (planted) => {
  expect(compares(planted)).toBe(true)
})

it.each([`kind === other`, `{ kind: 'warning' }`, `state === 'open'`, `'follow-up': followUp`])(
  'lets %s pass',
  (harmless) => {
    expect(compares(harmless)).toBe(false)
  },
)

it.each([`ruleFor(policy, { kind: 'warning', level })`, `{ "kind": "spot-check" }`, `kind:\n  'report'`])(
  'notices the kind named in %s',
  (planted) => {
    expect(NAMED.test(planted)).toBe(true)
  },
)

it.each([`{ kind: IMPORTED_KIND.code }`, `{ kind: 'town' }`, `officeKind: 'report'`])(
  'lets %s pass',
  (harmless) => {
    expect(NAMED.test(harmless)).toBe(false)
  },
)

it('no kind is named outside src/kinds, the domain and the rehearsal', () => {
  const files = sources().filter((name) => !MAY_NAME.test(name))
  expect(files.length).toBeGreaterThan(200)
  expect(files.filter((name) => NAMED.test(textOf(name)))).toEqual([])
})

it('no kind is compared outside src/kinds: what differs between kinds stands in their files', () => {
  const files = sources().filter((name) => !name.startsWith('kinds/'))
  expect(files.length).toBeGreaterThan(200)
  expect(files.filter((name) => compares(textOf(name)))).toEqual([])
})
