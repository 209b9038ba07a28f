import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isAlive, markOf, type ProcessMark } from './processes.ts'

/** Thrown when another process works on the same data. */
export class DataHeld extends Error {
  readonly pid: number
  constructor(dir: string, pid: number) {
    super(`数据目录 ${dir} 正由进程 ${pid} 使用。先停止它(Ctrl-C),或用 --data 换一个目录。`)
    this.name = 'DataHeld'
    this.pid = pid
  }
}

export type DataDir = {
  path: string
  file(name: string): string
  /** A secret made once and kept, mode 0600. */
  secret(name: string, bytes: number): string
  /** Written whole or not at all. */
  write(name: string, text: string): void
  release(): void
}

/** Opens a data directory for this process alone. @throws DataHeld naming who holds it */
export function openDataDir(dir: string): DataDir {
  const path = resolve(dir)
  mkdirSync(path, { recursive: true })
  const lock = join(path, 'lock')
  takeLock(path, lock)
  const file = (name: string) => join(path, name)
  const write = (name: string, text: string) => {
    writeFileSync(`${file(name)}.part`, text, { mode: 0o600 })
    renameSync(`${file(name)}.part`, file(name))
  }
  return {
    path,
    file,
    write,
    secret(name, bytes) {
      if (!existsSync(file(name))) write(name, `${randomBytes(bytes).toString('hex')}\n`)
      chmodSync(file(name), 0o600)
      return readFileSync(file(name), 'utf8').trim()
    },
    release: () => rmSync(lock, { force: true }),
  }
}

/** Who holds a data directory now, if anybody does. */
export function holderOf(dir: string): number | null {
  const holder = readLock(join(resolve(dir), 'lock'))
  return holder && holder.pid !== process.pid && isAlive(holder) ? holder.pid : null
}

function takeLock(path: string, lock: string): void {
  const mine = JSON.stringify(markOf(process.pid))
  for (let attempt = 0; attempt < 2; attempt++)
    try {
      writeFileSync(lock, mine, { flag: 'wx', mode: 0o600 })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = holderOf(path)
      if (holder !== null) throw new DataHeld(path, holder)
      rmSync(lock, { force: true })
    }
  throw new DataHeld(path, holderOf(path) ?? 0)
}

function readLock(lock: string): ProcessMark | null {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as ProcessMark
  } catch {
    return null
  }
}
