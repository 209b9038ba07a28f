import { spawn } from 'node:child_process'
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
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { canEnter, type PostgresUser, type PostgresBinaries } from './postgres-binaries.ts'
import { commandOf, isAlive, markOf, type ProcessMark, endProcess } from './processes.ts'

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

export const SUPERUSER = 'duban'

/** For tests, which connect some ten thousand times: a password that nobody would guess at needs no thousands of rounds each time. */
const PASSING = ['--no-sync', '--set=scram_iterations=1']

type Making = { binaries: PostgresBinaries; user: PostgresUser | null; password: string; durable: boolean }

/**
 * The data folder in `home`, made when it is not there: whole or not at all, so an interrupted start leaves nothing half made.
 * @throws Error with what initdb said
 */
export async function dataFolder(home: string, making: Making): Promise<string> {
  const dir = join(home, 'data')
  if (existsSync(dir)) return dir
  const part = `${dir}.part`
  const passwordFile = join(home, 'initdb-password')
  rmSync(part, { recursive: true, force: true })
  try {
    writeFileSync(passwordFile, making.password, { mode: 0o600 })
    if (making.user) chownSync(passwordFile, making.user.uid, making.user.gid)
    await runInitdb(part, passwordFile, making)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(part, dir)
  return dir
}

async function runInitdb(
  dir: string,
  passwordFile: string,
  { binaries, user, durable }: Making,
): Promise<void> {
  const child = spawn(
    binaries.initdb,
    [
      '-D',
      dir,
      '-U',
      SUPERUSER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      ...locale(),
      ...(durable ? [] : PASSING),
    ],
    {
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: { PATH: process.env.PATH ?? '' },
    },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`initdb 失败:${said.trim().slice(-600)}`)
}

/** Order by code point on every machine alike; but letters by Unicode: with plain C, trigram search finds no Chinese at all. */
function locale(): string[] {
  const letters = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  return [
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${letters}`,
  ]
}

/**
 * The server that a killed launcher left on these data, if it still runs. A pid file whose number belongs to something else by now
 * (a restarted container gives the same small numbers again) is removed: PostgreSQL would refuse to start for it.
 */
export function leftRunning(dir: string): { mark: ProcessMark; port: number } | null {
  const pidFile = join(dir, 'postmaster.pid')
  const [pid, port] = readPidFile(pidFile)
  if (!pid || !port) return null
  const mark = markOf(pid)
  const command = isAlive(mark) ? commandOf(pid) : null
  if (command?.includes(dir)) return { mark, port }
  if (command && !command.includes('postgres')) rmSync(pidFile, { force: true })
  return null
}

function readPidFile(path: string): [number, number] {
  try {
    const [pid, , , port] = readFileSync(path, 'utf8').split('\n')
    return [Number(pid), Number(port)]
  } catch {
    return [0, 0]
  }
}

/** Removes the data of a place, wherever they lie, and first ends a server that a killed launcher left on them. */
export async function removePostgres(asked: string): Promise<void> {
  for (const home of [placeOutside(asked), asked]) {
    if (!home || !existsSync(home)) continue
    const left = leftRunning(join(realpathSync(home), 'data'))
    // There is nothing to save any more.
    if (left) await endProcess(left.mark, 'SIGQUIT', 5_000)
    rmSync(home, { recursive: true, force: true })
  }
}
