import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { canEnter } from './postgres-binaries.ts'
import type { PostgresUser } from './postgres-user.ts'

/** Where a server that root runs keeps data that its user could not reach in a closed home; no cleaner of temporary files comes here. */
const OUTSIDE = '/var/lib/duban'
const POINTER = 'data-is-elsewhere'

/** The folder around the data, reachable for the user of the server: the one asked for, or one outside a closed home that it points to. */
export function placeForData(asked: string, user: PostgresUser | null): string {
  mkdirSync(asked, { recursive: true, mode: 0o700 })
  const pointed = pointedTo(asked)
  if (pointed && existsSync(pointed)) return pointed
  const home = user === null || canEnter(dirname(realpathSync(asked))) ? realpathSync(asked) : outside(asked)
  if (user) giveTo(home, user)
  return home
}

/** Where the data of a place lie, if it has any outside. */
export function placeOutside(asked: string): string | null {
  const pointed = pointedTo(asked)
  return pointed && dirname(pointed) === OUTSIDE ? pointed : null
}

function pointedTo(asked: string): string | null {
  const pointer = join(asked, POINTER)
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : null
}

function outside(asked: string): string {
  if (existsSync(join(asked, 'data')))
    throw new Error(
      `数据库用户进不了 ${dirname(asked)}:请把数据目录移到它能进入的地方,或放宽上级目录的权限(chmod o+x)。`,
    )
  mkdirSync(OUTSIDE, { recursive: true, mode: 0o755 })
  const home = mkdtempSync(join(OUTSIDE, 'postgres-'))
  writeFileSync(join(asked, POINTER), `${home}\n`)
  return home
}

/** Data that another user made before are handed over whole. */
function giveTo(path: string, user: PostgresUser): void {
  const found = statSync(path)
  if (found.uid === user.uid) return
  chownSync(path, user.uid, user.gid)
  if (found.isDirectory()) for (const name of readdirSync(path)) giveTo(join(path, name), user)
}
