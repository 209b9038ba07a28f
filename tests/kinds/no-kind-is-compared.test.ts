import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { KINDS } from '../../src/kinds/kinds.ts'

const root = new URL('../../src/', import.meta.url)
const code = `(['"\`])(?:${KINDS.map((kind) => kind.code).join('|')})\\k<quote>`.replace('([', '(?<quote>[')
/** A code of a kind beside a comparison, behind `case`, in a list that is asked, or in SQL. */
const COMPARED = [
  `[=!]==?\\s*${code}`,
  `${code}\\s*[=!]==?`,
  `case\\s+${code}\\s*:`,
  `\\[[^\\]]*${code}[^\\]]*\\]\\s*\\.includes\\(`,
  `kind"?\\s*(?:=|<>|!=|(?:not\\s+)?in\\s*\\()\\s*${code}`,
].map((pattern) => new RegExp(pattern))

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

it('no kind is compared outside src/kinds: what differs between kinds stands in their files', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('kinds/'),
  )
  expect(files.length).toBeGreaterThan(200)
  expect(files.filter((name) => compares(readFileSync(new URL(name, root), 'utf8')))).toEqual([])
})
