// Checks the types of the web app. As in typecheck.mjs, the compiler looks again only at what has changed; another version of it,
// or of the packages, begins anew.
import { spawnSync } from 'node:child_process'
import { keptFile } from './kept.mjs'

const kept = keptFile('web-types', ['package-lock.json', 'web/tsconfig.json'])
const { status } = spawnSync(
  process.execPath,
  [
    ...['node_modules/vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'web/tsconfig.json', '--incremental'],
    ...['--tsBuildInfoFile', `${kept}.tsbuildinfo`],
  ],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
