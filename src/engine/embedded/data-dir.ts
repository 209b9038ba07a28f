import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lockHolder, releaseLock, takeLock } from './lock-file.ts'

/** Thrown when another process works on the same data. */
export class DataHeld extends Error {
  readonly pid: number
  constructor(dir: string, pid: number) {
    super(
      `数据目录 ${dir} 正由${pid ? `进程 ${pid} ` : '另一个刚启动的进程'}使用。先停止它(Ctrl-C),或用 --data 换一个目录。`,
    )
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
  const file = (name: string) => join(path, name)
  const holder = takeLock(file('lock'))
  if (holder) throw new DataHeld(path, holder.pid)
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
    release: () => releaseLock(file('lock')),
  }
}

/** Where the service of a data directory listens, as it wrote down itself; null when it did not. */
export function runtimeUrl(dir: string): string | null {
  try {
    return (JSON.parse(readFileSync(join(resolve(dir), 'runtime.json'), 'utf8')) as { url: string }).url
  } catch {
    return null
  }
}

/** The process that holds a data directory now, if any does. */
export function holderOf(dir: string): number | null {
  return lockHolder(join(resolve(dir), 'lock'))?.pid ?? null
}
