import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './ports.ts'
import { canEnter, postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { userForPostgres } from './postgres-user.ts'
import { endProcess, isAlive, markOf } from './processes.ts'

export type RunningPostgres = {
  url: string
  port: number
  pid: number
  /** Left running by a launcher that was killed, and taken over. */
  adopted: boolean
  /** Resolves when the server is gone, wanted or not. */
  exited: Promise<void>
  stop(): Promise<void>
}
export type PostgresOptions = {
  /** Where the data lie; made when missing. */
  dir: string
  password: string
  logFile: string
  /** The port of an earlier start, so that those who are connected find it again. */
  port?: number
  /** Tests: a crash may lose data, and nothing waits for the disk. */
  careless?: boolean
}

const READY_MS = 30_000
const USER = 'duban'

/** Starts PostgreSQL on loopback on data of ours, or takes over one of ours that still runs (STACK, traps 1–4). */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const user = userForPostgres()
  const binaries = postgresBinaries(user)
  const dir = placeFor(options.dir, user)
  if (!existsSync(join(dir, 'PG_VERSION'))) await initialise(binaries, dir, options.password, user)
  const left = leftRunning(dir)
  if (left && (await answers(urlFor(left.port, options.password), dir))) return adopt(left, options.password)
  if (left) await endProcess(markOf(left.pid), 'SIGINT', 2_000)
  return launch(binaries, dir, options, user)
}

type User = ReturnType<typeof userForPostgres>

/** A folder the user of the server can reach: the one asked for, or one outside a closed home, always the same. */
function placeFor(asked: string, user: User): string {
  mkdirSync(asked, { recursive: true, mode: 0o700 })
  const enterable = user === null || canEnter(dirname(asked))
  const name = createHash('sha256').update(realpathSync(asked)).digest('hex').slice(0, 12)
  const dir = enterable ? join(asked, 'data') : join('/var/tmp', `duban-postgres-${name}`)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (!enterable) writeFileSync(join(asked, 'data-is-elsewhere'), `${dir}\n`)
  if (user) for (const each of enterable ? [asked, dir] : [dir]) chownSync(each, user.uid, user.gid)
  return dir
}

function identity(user: User) {
  return user ? { uid: user.uid, gid: user.gid } : {}
}

async function initialise(binaries: PostgresBinaries, dir: string, password: string, user: User): Promise<void> {
  const passwordFile = join(dirname(dir), `.initdb-${process.pid}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) chownSync(passwordFile, user.uid, user.gid)
  const child = spawn(
    binaries.initdb,
    ['-D', dir, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...identity(user), stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', env: { PATH: process.env.PATH ?? '' } },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  writeFileSync(passwordFile, '')
  if (code !== 0) throw new Error(`initdb 失败:${said.slice(-500)}`)
}

/** What postmaster.pid says of a server that still runs on these data. */
function leftRunning(dir: string): { pid: number; port: number } | null {
  try {
    const [pid, , , port] = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')
    const found = { pid: Number(pid), port: Number(port) }
    return isAlive({ pid: found.pid, startedAt: null }) ? found : null
  } catch {
    return null
  }
}

function urlFor(port: number, password: string, database = 'postgres'): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
}

/** Whether our server answers there: a neighbour's on the same port must not be mistaken for it (trap 4). */
async function answers(url: string, dir: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return realpathSync(rows[0]?.data_directory ?? '') === realpathSync(dir)
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

function adopt(left: { pid: number; port: number }, password: string): RunningPostgres {
  const mark = markOf(left.pid)
  const exited = (async () => {
    while (isAlive(mark)) await sleep(500)
  })()
  return {
    url: urlFor(left.port, password),
    ...left,
    adopted: true,
    exited,
    stop: () => endProcess(mark, 'SIGINT', 15_000),
  }
}

async function launch(binaries: PostgresBinaries, dir: string, options: PostgresOptions, user: User) {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    const child = spawn(binaries.postgres, ['-D', dir, '-p', String(port), ...settings(options.careless ?? false)], {
      ...identity(user),
      stdio: ['ignore', openSync(options.logFile, 'a'), openSync(options.logFile, 'a')],
      cwd: '/',
      env: { PATH: process.env.PATH ?? '', TZ: 'UTC' },
      // Not ours to die with by Ctrl-C in the terminal: the launcher ends it in order.
      detached: true,
    })
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const url = urlFor(port, options.password)
    if (await readyOrGone(child, url, dir)) return running(child, exited, { url, port })
    // After kill -9 the old shared memory or pid file can linger for a moment (trap 3).
    if (attempt === 4) throw new Error(`内置 PostgreSQL 没有启动,详见 ${options.logFile}`)
    await sleep(700)
  }
}

function settings(careless: boolean): string[] {
  const given: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    wal_compression: 'on',
    timezone: 'UTC',
    log_min_messages: 'warning',
    // Statements can carry what is personal: never into a log.
    log_min_error_statement: 'panic',
    ...(careless ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  return Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function readyOrGone(child: ChildProcess, url: string, dir: string): Promise<boolean> {
  const deadline = Date.now() + READY_MS
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if (await answers(url, dir)) return true
    await sleep(60)
  }
  child.kill('SIGKILL')
  return false
}

function running(child: ChildProcess, exited: Promise<void>, at: { url: string; port: number }): RunningPostgres {
  const mark = markOf(child.pid ?? 0)
  const stop = () => endProcess(mark, 'SIGINT', 15_000)
  return { ...at, pid: mark.pid, adopted: false, exited, stop }
}
