// Everything that is checked without running it. ESLint judges each file by itself, so those that were in order and are the same
// are passed over. What needs types is oxlint's, which looks at everything each time. A tool that looked at next to nothing (a
// pattern that fits no file, a parser that knows no TypeScript) would pass: oxlint and dependency-cruiser say how much they read.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { keptFile } from './kept.mjs'

const kept = keptFile('eslint', ['package-lock.json', 'eslint.config.js'])
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
).length

/** @type {{ command: string[]; looked?: RegExp }[]} */
const CHECKS = [
  { command: ['node_modules/oxlint/bin/oxlint'], looked: /on (\d+) files?/ },
  { command: ['scripts/lint-vue.mjs'] },
  {
    command: [
      ...['node_modules/eslint/bin/eslint.js', 'src', 'web'],
      ...['--cache', '--cache-strategy', 'content', '--cache-location', kept],
    ],
  },
  {
    command: [
      ...['node_modules/dependency-cruiser/bin/dependency-cruise.mjs'],
      ...['--config', '.dependency-cruiser.mjs', 'src'],
    ],
    looked: /(\d+) modules/,
  },
]

for (const { command, looked } of CHECKS) {
  const { status, stdout } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    maxBuffer: 50_000_000,
    stdio: ['ignore', looked ? 'pipe' : 'inherit', 'inherit'],
  })
  if (stdout) process.stdout.write(stdout)
  if (status !== 0) process.exit(status ?? 1)
  if (looked && Number(looked.exec(stdout)?.[1] ?? 0) < sources) {
    console.error(`${command[0]} looked at fewer files than src has: ${sources}`)
    process.exit(1)
  }
}
