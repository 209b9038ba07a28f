import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from './child.ts'
import { freePort } from './ports.ts'
import { type Answer, askPostgres } from './postgres-ask.ts'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'
import { dataFolder, SUPERUSER } from './postgres-initdb.ts'
import { leftRunning } from './postgres-left.ts'
import { placeForData } from './postgres-place.ts'
import { postgresSettings } from './postgres-settings.ts'
import { type PostgresUser, userForPostgres } from './postgres-user.ts'
import { endProcess, isAlive, type ProcessMark } from './processes.ts'

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
  const { password, careless = false } = options
  const dir = await dataFolder(placeForData(options.dir, user), { binaries, user, password, careless })
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
  { port: asked, password, logFile, careless = false }: PostgresOptions,
  user: PostgresUser | null,
): Promise<RunningPostgres> {
  for (let attempt = 1; ; attempt++) {
    const port = asked ?? (await freePort())
    const env = { PATH: process.env.PATH ?? '', TZ: 'UTC' }
    const args = ['-D', dir, '-p', String(port), ...postgresSettings(careless)]
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
