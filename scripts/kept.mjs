// Where a check keeps what it found out: in the user's cache directory, which outlives `npm ci`. Each checkout has a file of its
// own, since two would take each other's for changed.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * @param {string} name
 * @param {readonly string[]} [inputs] files: where one of them is another than before, nothing that was kept counts any more
 * @returns the path of a file or folder, which need not exist
 */
export function keptFile(name, inputs = []) {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'duban')
  mkdirSync(cache, { recursive: true })
  const own = `${name}-${digest([process.cwd()])}`
  if (inputs.length === 0) return join(cache, own)
  const valid = `${own}-${digest(inputs.map((file) => readFileSync(file)))}`
  for (const old of readdirSync(cache).filter((n) => n.startsWith(`${own}-`) && !n.startsWith(valid)))
    rmSync(join(cache, old), { recursive: true, force: true })
  return join(cache, valid)
}

/** @param {readonly (string | Buffer)[]} parts */
function digest(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 12)
}
