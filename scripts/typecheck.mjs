// Checks the types of the server, its tests and scripts. The compiler keeps what it found out, so that the next run looks only
// at what has changed since. Contents decide, those of packages too. The compiler is the native one (docs/adr/0026-native-compiler.md).
import { spawnSync } from 'node:child_process'
import { keptFile } from './kept.mjs'

const { status } = spawnSync(
  process.execPath,
  [
    ...['node_modules/typescript7/bin/tsc', '--noEmit', '--incremental'],
    ...['--tsBuildInfoFile', `${keptFile('types')}.tsbuildinfo`],
  ],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
