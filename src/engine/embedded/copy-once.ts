import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

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
