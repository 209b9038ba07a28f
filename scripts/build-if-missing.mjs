// Before a command: builds where nobody has yet. What it says goes to stderr, so that a command's own output stays clean.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

if (!existsSync('dist/bin/duban.js')) {
  console.error('还没有构建,先构建一次……')
  // A shell, because npm is a script on some systems and a .cmd file on others.
  const { status } = spawnSync('npm run --silent build', { shell: true, stdio: ['ignore', 2, 2] })
  process.exitCode = status ?? 1
}
