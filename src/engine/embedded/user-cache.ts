import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, dirname } from 'node:path'

/** Where what can be fetched or built again is kept, outside the repository: one folder for the user. */
export function userCache(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'duban')
}

/**
 * Copies a folder to where others can use it, whole or not at all; whoever comes second uses the first one's copy.
 * @param finish makes the copy complete before anybody sees it
 */
export function copyOnce(from: string, to: string, finish: (copy: string) => unknown): string {
  if (existsSync(to)) return to
  const part = `${to}.${process.pid}`
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 })
  cpSync(from, part, { recursive: true, verbatimSymlinks: true })
  chmodSync(part, 0o755)
  finish(part)
  try {
    renameSync(part, to)
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
  return to
}
