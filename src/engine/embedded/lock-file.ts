import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { isAlive, markOf, type ProcessMark } from './processes.ts'

/** A lock that its holder is still writing is younger than this. */
const HALF_WRITTEN_MS = 5_000

/** Takes a lock for this process. @returns null when we have it, else who holds it (pid 0: somebody who is just taking it) */
export function takeLock(path: string): ProcessMark | null {
  for (let attempt = 0; attempt < 5; attempt++)
    try {
      writeFileSync(path, JSON.stringify(markOf(process.pid)), { flag: 'wx', mode: 0o600 })
      return null
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = lockHolder(path)
      if (holder) return holder
      setAside(path)
    }
  return { pid: 0, startedAt: null }
}

/** Who holds a lock now; null when nobody does, or whoever did is gone. */
export function lockHolder(path: string): ProcessMark | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as ProcessMark
    return isAlive(holder) ? holder : null
  } catch {
    return isYoung(path) ? { pid: 0, startedAt: null } : null
  }
}

export function releaseLock(path: string): void {
  rmSync(path, { force: true })
}

/** Two who find the same stale lock must not remove each other's new one: what is moved away is looked at again. */
function setAside(path: string): void {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
    if (lockHolder(aside)) renameSync(aside, path)
    else rmSync(aside, { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function isYoung(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && Date.now() - found.mtimeMs < HALF_WRITTEN_MS
}
