// Everything that is checked without running it. ESLint judges each file by itself, so those that were in order and are the same
// are passed over. What needs types is oxlint's, which looks at everything each time.
import { spawnSync } from 'node:child_process'
import { keptFile } from './kept.mjs'

const kept = keptFile('eslint', ['package-lock.json', 'eslint.config.js'])
const CHECKS = [
  ['node_modules/oxlint/bin/oxlint'],
  ['scripts/lint-vue.mjs'],
  [
    ...['node_modules/eslint/bin/eslint.js', 'src', 'web'],
    ...['--cache', '--cache-strategy', 'content', '--cache-location', kept],
  ],
  ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.mjs', 'src'],
]

for (const check of CHECKS) {
  const { status } = spawnSync(process.execPath, check, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
