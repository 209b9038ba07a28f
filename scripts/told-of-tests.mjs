// Says in short what long outputs of vitest told: the slowest files, what failed by name, and the counts. A long output is cut off
// at its beginning where it is read, so `.ci/run` ends with this.
//   node scripts/told-of-tests.mjs FILE…
// Exits with 1 where an output counts no test that passed: those tests did not come to an end; and where something failed.
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'

const MOST_NAMES = 40
const MOST_FILES = 10

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
/** ` ✓  unit  tests/x.test.ts (3 tests | 1 failed) 1234ms` */
const FILE = /^\s*[✓❯×↓].*?(tests\/\S+\.(?:test|browser)\.ts) \(.*?(\d+)\s*ms\b/
/** Told once more when all is over: `FAIL  unit  tests/x.test.ts > what it is about`. */
const FAILED = /^\s*FAIL\s+(.*\S)\s*$/
/** Told as it happens, with how long it took. */
const FAILED_AT_ONCE = /^\s+×\s+(.*?\S)(?:\s+\d+\s*ms)?\s*$/
const UNHANDLED = /^\s*(Vitest caught \d+ unhandled errors?.*|This error originated in .*)$/
const COUNTS = /^ *(Test Files|Tests|Duration) {2}/

/** @param {string} text */
function toldOf(text) {
  const lines = text.replace(ESCAPES, '').split('\n')
  const all = (/** @type {RegExp} */ form) => lines.flatMap((line) => form.exec(line)?.slice(1, 2) ?? [])
  const atTheEnd = all(FAILED)
  return {
    files: lines.flatMap((line) => {
      const [, file, ms] = FILE.exec(line) ?? []
      return file ? [{ file, ms: Number(ms) }] : []
    }),
    // Whoever was killed has no end.
    failed: [...new Set([...(atTheEnd.length > 0 ? atTheEnd : all(FAILED_AT_ONCE)), ...all(UNHANDLED)])],
    counts: lines.filter((line) => COUNTS.test(line)),
  }
}

/** @param {string[]} lines */
function print(lines) {
  for (const line of lines) console.log(line)
}

if (process.argv.length < 3) throw new Error('no output was named')
const told = process.argv.slice(2).map((path) => ({
  name: basename(path),
  ...toldOf(existsSync(path) ? readFileSync(path, 'utf8') : ''),
}))

const slowest = told.flatMap(({ files }) => files).toSorted((one, other) => other.ms - one.ms)
if (slowest.length > 0) print(['the slowest files', ...slowest.slice(0, MOST_FILES).map(inSeconds)])

const failed = told.flatMap((one) => one.failed)
if (failed.length > 0) print(['failed', ...failed.slice(0, MOST_NAMES).map((name) => `  ${name}`)])
if (failed.length > 0) process.exitCode = 1
if (failed.length > MOST_NAMES) print([`  and ${failed.length - MOST_NAMES} more`])

for (const { name, counts } of told) {
  print([name, ...counts])
  if (counts.some((line) => /^ *Tests .*\b\d+ passed/.test(line))) continue
  console.log(counts.length > 0 ? '  no test passed' : '  it left no summary')
  process.exitCode = 1
}

/** @param {{ file: string, ms: number }} of */
function inSeconds({ file, ms }) {
  return `  ${String(Math.round(ms / 1000)).padStart(4)} s ${file}`
}
