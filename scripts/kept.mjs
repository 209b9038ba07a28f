// Where a check keeps what it found out: in the user's cache directory, which outlives `npm ci`. Each checkout has a file of its
// own, since two would take each other's for changed.
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** @returns the path of a file, which need not exist */
export function keptFile(name) {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'duban')
  mkdirSync(cache, { recursive: true })
  const checkout = createHash('sha256').update(process.cwd()).digest('hex').slice(0, 12)
  return join(cache, `${name}-${checkout}`)
}
