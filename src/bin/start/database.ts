import { mkdirSync } from 'node:fs'
import type { Logger } from 'pino'
import { ensureLogins } from '../../db/database-logins.ts'
import { migrate } from '../../db/migrate.ts'
import type { DatabaseRole } from '../../db/pool.ts'
import type { DataDir } from '../../engine/embedded/data-dir.ts'
import { markOf } from '../../engine/embedded/processes.ts'
import { type RunningPostgres, startPostgres } from '../../engine/embedded/postgres-server.ts'
import { startLoop } from '../../engine/loop.ts'
import { rememberChild } from './children.ts'
import type { Config } from '../config/config-schema.ts'
import type { PartsBoard } from './parts.ts'

export type RunningDatabase = {
  url: string
  /** Addresses that cannot become the owner; a role without one is taken on by the owner's connection. */
  logins: Partial<Record<DatabaseRole, string>>
  stop(): Promise<void>
}

const RESTART_MS = 1_000

/** The database the configuration names, or our own; migrated, and started again should it fall over. */
export async function openDatabase(
  config: Config,
  data: DataDir,
  board: PartsBoard,
  log: Logger,
  throwaway = false,
): Promise<RunningDatabase> {
  const mode = config.DATABASE_URL ? 'external' : 'embedded'
  board.set({ name: 'database', mode, state: 'starting' })
  const running = config.DATABASE_URL
    ? external(config.DATABASE_URL)
    : await embedded(data, board, log, throwaway)
  await migrate(running.url)
  const logins = config.DATABASE_URL
    ? loginsOf(config)
    : await ensureLogins(running.url, data.secret('postgres-password', 24))
  board.set({ name: 'database', mode, state: 'ready', detail: running.detail })
  return { ...running, logins }
}

function loginsOf(config: Config): RunningDatabase['logins'] {
  return {
    ...(config.DATABASE_API_URL ? { duban_api: config.DATABASE_API_URL } : {}),
    ...(config.DATABASE_GATE_URL ? { duban_gate: config.DATABASE_GATE_URL } : {}),
    ...(config.DATABASE_WORKER_URL ? { duban_worker: config.DATABASE_WORKER_URL } : {}),
  }
}

function external(url: string) {
  return { url, detail: new URL(url).host, stop: async () => undefined }
}

async function embedded(data: DataDir, board: PartsBoard, log: Logger, throwaway: boolean) {
  mkdirSync(data.file('logs'), { recursive: true })
  const start = (port?: number) =>
    startPostgres({
      dir: data.file('postgres'),
      password: data.secret('postgres-password', 24),
      logFile: data.file('logs/postgres.log'),
      durable: !throwaway,
      ...(port ? { port } : {}),
    })
  const remembered = (running: RunningPostgres) => {
    rememberChild(data, 'postgres', markOf(running.pid))
    return running
  }
  let current = remembered(await start())
  const { port } = current
  let stopping = false
  const restarting = startLoop({
    everyMs: RESTART_MS,
    mostPauseMs: RESTART_MS,
    async pass() {
      await current.exited
      if (stopping) return
      log.error('the embedded PostgreSQL ended unexpectedly; it is started again')
      board.set({ name: 'database', mode: 'embedded', state: 'failed', detail: '意外退出,正在重新启动' })
      // On the same port: whoever is connected finds it again.
      current = remembered(await start(port))
      if (stopping) await current.stop()
      else board.set({ name: 'database', mode: 'embedded', state: 'ready', detail: `127.0.0.1:${port}` })
    },
    onError: (error) =>
      log.error({ code: (error as Error).name }, 'the embedded PostgreSQL did not start; it is tried again'),
  })
  return {
    url: current.url,
    detail: `127.0.0.1:${current.port}${current.adopted ? ',接管了上次留下的服务' : ''}`,
    async stop() {
      stopping = true
      await current.stop()
      await restarting.stop()
    },
  }
}
