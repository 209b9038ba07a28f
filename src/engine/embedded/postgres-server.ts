import { realpathSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './ports.ts'
import {
  type PostgresBinaries,
  postgresBinaries,
  type PostgresUser,
  userForPostgres,
} from './postgres-binaries.ts'
import { dataFolder, SUPERUSER, leftRunning, placeForData } from './postgres-data.ts'
import { type Child, startChild, endProcess, isAlive, type ProcessMark } from './processes.ts'

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
  /** False, for tests: a crash may lose data, and nothing waits for the disk. */
  durable?: boolean
}

/** Replaying the log after a crash takes its time; a server that lives is waited for. */
const READY_MS = 300_000
/** PostgreSQL's fast shutdown: ends sessions, writes a checkpoint. */
const STOP = { stopSignal: 'SIGINT', patienceMs: 30_000 } as const
/** After kill -9 shared memory of the old server can linger for a moment, and PostgreSQL then refuses to start. */
const ATTEMPTS = 5
const PAUSE_MS = 600

/** Starts PostgreSQL on loopback on data of ours, or takes over one of ours that still runs. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const user = userForPostgres()
  const binaries = postgresBinaries(user)
  const { password, durable = true } = options
  const dir = await dataFolder(placeForData(options.dir, user), { binaries, user, password, durable })
  const left = leftRunning(dir)
  if (left && (await askPostgres(urlFor(left.port, password), dir)) === 'ours') return adopt(left, password)
  if (left) await endProcess(left.mark, STOP.stopSignal, STOP.patienceMs)
  return launch(binaries, dir, options, user)
}

function urlFor(port: number, password: string): string {
  return `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}

function adopt({ mark, port }: { mark: ProcessMark; port: number }, password: string): RunningPostgres {
  const exited = (async () => {
    while (isAlive(mark)) await sleep(500)
  })()
  const stop = () => endProcess(mark, STOP.stopSignal, STOP.patienceMs)
  return { url: urlFor(port, password), port, pid: mark.pid, adopted: true, exited, stop }
}

async function launch(
  binaries: PostgresBinaries,
  dir: string,
  { port: asked, password, logFile, durable = true }: PostgresOptions,
  user: PostgresUser | null,
): Promise<RunningPostgres> {
  for (let attempt = 1; ; attempt++) {
    const port = asked ?? (await freePort())
    const env = { PATH: process.env.PATH ?? '', TZ: 'UTC' }
    const args = ['-D', dir, '-p', String(port), ...postgresSettings(durable)]
    const child = startChild(binaries.postgres, args, { logFile, env, user, ...STOP })
    const url = urlFor(port, password)
    const answer = await firstAnswer(child, url, dir)
    const { mark, exited, stop } = child
    if (answer === 'ours') return { url, port, pid: mark.pid, adopted: false, exited, stop }
    await stop()
    if (answer === 'refused')
      throw new Error(
        `数据库密码与 ${dir} 中的数据不符:密码文件被改过或删除过。请恢复它,或用 reset 清空后重来。`,
      )
    if (attempt === ATTEMPTS)
      throw new Error(`内置 PostgreSQL 没有启动(日志 ${logFile}):${child.lastWords()}`)
    await sleep(PAUSE_MS)
  }
}

/** Waits until the server answers, or is gone. */
async function firstAnswer(child: Child, url: string, dir: string): Promise<Answer> {
  const deadline = Date.now() + READY_MS
  let answer: Answer = 'silent'
  while (Date.now() < deadline) {
    // Who refuses or answers strangely may be a neighbour that took the port first: then ours ends within a moment.
    if (answer !== 'silent') await sleep(1_000)
    if (child.isGone()) return 'silent'
    if (answer !== 'silent') return answer
    answer = await askPostgres(url, dir)
    if (answer === 'ours') return answer
    await sleep(50)
  }
  return 'silent'
}

/** `ours`: it answers and its data are ours; `stranger`: another server; `refused`: the password is wrong; `silent`: not (yet) there. */
export type Answer = 'ours' | 'stranger' | 'refused' | 'silent'

/** Who answers at an address, by `SHOW data_directory`: a neighbour's server on the same port must not be mistaken for ours. */
export async function askPostgres(url: string, dir: string): Promise<Answer> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  // A server that falls while it is asked says so here; the query's own error is what counts.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return realpathSync(rows[0]?.data_directory ?? '/') === realpathSync(dir) ? 'ours' : 'stranger'
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'refused' : 'silent'
  } finally {
    await client.end().catch(() => undefined)
  }
}

const ALWAYS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  // No socket: its path is limited to some hundred characters, and everybody here speaks TCP.
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  wal_compression: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // Statements and the details of errors can carry what is personal: never into a log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/** A crash may lose data: tests only. */
const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** The server's settings as arguments. */
export function postgresSettings(durable: boolean): string[] {
  const given = durable ? ALWAYS : { ...ALWAYS, ...NOT_DURABLE }
  return Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
