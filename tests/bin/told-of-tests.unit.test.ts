import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const SCRIPT = fileURLToPath(new URL('scripts/told-of-tests.mjs', root))

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'duban-told-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

/** What the script says of outputs, each in a file. */
function toldOf(outputs: Record<string, string>) {
  for (const [name, text] of Object.entries(outputs)) writeFileSync(join(dir, name), text)
  const paths = Object.keys(outputs).map((name) => join(dir, name))
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...paths], { encoding: 'utf8' })
  return { status, said: stdout.trimEnd().split('\n'), stderr }
}

const COUNTS = [
  ' Test Files  1 failed | 1 passed (2)',
  '      Tests  2 failed | 4 passed (6)',
  '   Duration  9.87s',
]
const OUTPUT = [
  ' ✓ \u001b[30m unit \u001b[39m tests/web/quick.test.ts (3 tests) 7ms',
  ' ❯  unit  tests/web/words.test.ts (3 tests | 2 failed) 7491ms',
  '   × a sentence has English of its own 6889ms',
  '     × another one 85ms',
  ' FAIL   unit  tests/web/words.test.ts > a sentence has English of its own',
  ' ❯ tests/web/words.test.ts:178:60',
  ' FAIL   unit  tests/web/words.test.ts > another one',
]

test('what failed is named once, before the counts, and the slowest files stand above', () => {
  const { status, said } = toldOf({ tests: [...OUTPUT, '', ...COUNTS].join('\n') })
  expect(status).toBe(1)
  expect(said).toEqual([
    'the slowest files',
    '     7 s tests/web/words.test.ts',
    '     0 s tests/web/quick.test.ts',
    'failed',
    '  unit  tests/web/words.test.ts > a sentence has English of its own',
    '  unit  tests/web/words.test.ts > another one',
    'tests',
    ...COUNTS,
  ])
})

test('what all passed ends well, and what counts no test does not', () => {
  const counts = [' Test Files  2 passed (2)', '      Tests  6 passed (6)']
  expect(toldOf({ tests: counts.join('\n') }).status).toBe(0)
  expect(toldOf({ tests: ' Test Files  no tests\n      Tests  no tests' }).status).toBe(1)
})

test('of two outputs the ten slowest files are named, and forty of what failed', () => {
  const file = (n: number) => ` ✓ tests/e2e/page-${n}.browser.ts (1 test) ${n}000ms`
  const fail = (n: number) => ` FAIL  tests/e2e/page-${n}.browser.ts > it`
  const numbers = Array.from({ length: 45 }, (_, n) => n)
  const { said } = toldOf({
    tests: [...OUTPUT.slice(0, 1), ...COUNTS].join('\n'),
    pages: [...numbers.map(file), ...numbers.map(fail), ...COUNTS].join('\n'),
  })
  expect(said.filter((line) => / s tests/.test(line))).toHaveLength(10)
  expect(said[1]).toBe('    44 s tests/e2e/page-44.browser.ts')
  expect(said.filter((line) => line.endsWith(' > it'))).toHaveLength(40)
  expect(said).toContain('  and 5 more')
})

test('tests that did not come to an end are a failure, with what had failed until then', () => {
  const { status, said } = toldOf({ tests: COUNTS.join('\n'), pages: OUTPUT.slice(0, 4).join('\n') })
  expect(status).toBe(1)
  expect(said).toContain('  a sentence has English of its own')
  expect(said.slice(-2)).toEqual(['pages', '  it left no summary'])
  expect(toldOf({ tests: '' }).status).toBe(1)
  expect(toldOf({}).status).toBe(1)
})

test('an error outside of every test is named with the file it came from', () => {
  const outside = 'This error originated in "tests/api/server.test.ts" test file.'
  const { said } = toldOf({
    tests: ['Vitest caught 1 unhandled error during the test run.', outside, ...COUNTS].join('\n'),
  })
  expect(said).toContain(`  ${outside}`)
})

test('a run of CI ends with what the tests told, and fails where they told nothing', () => {
  const run = readFileSync(new URL('.ci/run', root), 'utf8')
  const end = run.slice(run.lastIndexOf("step 'advisories'"))
  expect(run).toMatch(/summary\(\) \{ node scripts\/told-of-tests\.mjs "\$logs\/tests" "\$logs\/pages"; \}/)
  expect(end).toContain('if ! summary && [ -z "$failed_steps" ]; then')
  expect(end.trimEnd().endsWith('[ "$failed" -eq 0 ]')).toBe(true)
})
