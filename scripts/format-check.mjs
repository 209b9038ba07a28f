// Checks how everything is written. Files that were in order and are the same are passed over: each is judged by itself, and the
// cache knows prettier's version and its options.
import { spawnSync } from 'node:child_process'
import { keptFile } from './kept.mjs'

const { status } = spawnSync(
  process.execPath,
  [
    ...['node_modules/prettier/bin/prettier.cjs', '--check', '.'],
    ...['--cache', '--cache-strategy', 'content', '--cache-location', keptFile('format')],
  ],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
