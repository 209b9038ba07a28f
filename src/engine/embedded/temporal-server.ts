import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { freePort } from './ports.ts'
import { type Child, startChild, type ProcessMark } from './processes.ts'

export type RunningTemporal = {
  address: string
  uiUrl: string
  pid: number
  /** Resolves when the server is gone, wanted or not. */
  exited: Promise<void>
  stop(): Promise<void>
}
export type TemporalOptions = {
  binary: string
  logFile: string
  /** null keeps everything in memory (tests). */
  dbFile: string | null
  /** Made when it is not there; `default` always is. */
  namespace?: string
  /** Nobody will open these data again: nothing waits for the disk. */
  throwaway?: boolean
  /** Hears of the process as soon as there is one, so that it can be ended whatever happens to us next. */
  onSpawn?: (mark: ProcessMark) => void
}

const READY_MS = 60_000
/** Three times as fast as the defaults, and no less safe for what Postgres can rebuild. */
const PRAGMAS = { journal_mode: 'wal', synchronous: 'NORMAL' }
/** Decision 1: even kept data could be rebuilt from Postgres; data nobody opens again need not reach the disk at all. */
const THROWAWAY = { ...PRAGMAS, synchronous: 'OFF' }

/** The dev server reads these from its database with each workflow, for whoever adds some while it runs; we have none. */
const KEPT_IN_MEMORY = [
  ...setting('system.forceSearchAttributesCacheRefreshOnRead', false),
  ...setting('system.forceNexusEndpointRefreshOnRead', false),
]
/** Schedules and batches, which we use none of: the server would start a worker for them in each namespace. */
const NO_SCHEDULES = setting('worker.perNamespaceWorkerCount', 0)
/** Go looks for garbage when memory has grown fivefold instead of twofold: a sixth of the server's processor time, for some 170 MB. */
const MORE_MEMORY = { GOGC: '400' }

function setting(name: string, value: boolean | number): string[] {
  return ['--dynamic-config-value', `${name}=${value}`]
}

function storage(dbFile: string, throwaway: boolean): string[] {
  const pragmas = Object.entries(throwaway ? THROWAWAY : PRAGMAS)
  return [
    '--db-filename',
    resolve(dbFile),
    ...pragmas.flatMap(([name, value]) => ['--sqlite-pragma', `${name}=${value}`]),
  ]
}

/** Starts the dev server on loopback and waits until it answers. @throws Error with its last words */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const { binary, logFile, dbFile, namespace = 'default', throwaway = false } = options
  /** For a test or a rehearsal: nobody looks into it later. */
  const isPassing = dbFile === null || throwaway
  const [port, uiPort] = [await freePort(), await freePort()]
  const listen = ['--ip', '127.0.0.1', '--port', `${port}`, '--ui-port', `${uiPort}`]
  const args = [
    'server',
    'start-dev',
    ...listen,
    '--namespace',
    namespace,
    '--log-level',
    'error',
    ...KEPT_IN_MEMORY,
    ...(isPassing ? NO_SCHEDULES : []),
    ...(dbFile === null ? [] : storage(dbFile, throwaway)),
  ]
  // Settings of the user's own Temporal client are not for our server.
  const env = {
    ...{ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/' },
    ...(isPassing ? MORE_MEMORY : {}),
  }
  const child = startChild(binary, args, { logFile, env, stopSignal: 'SIGTERM', patienceMs: 10_000 })
  options.onSpawn?.(child.mark)
  const address = `127.0.0.1:${port}`
  const gone = child.exited.then(() => false)
  if (!(await Promise.race([answersInTime(child, address, namespace), gone]))) {
    await child.stop()
    throw new Error(`Temporal 服务没有启动(日志 ${logFile}):${child.lastWords()}`)
  }
  const { mark, exited, stop } = child
  return { address, uiUrl: `http://127.0.0.1:${uiPort}`, pid: mark.pid, exited, stop }
}

async function answersInTime(child: Child, address: string, namespace: string): Promise<boolean> {
  const deadline = Date.now() + READY_MS
  while (!child.isGone() && Date.now() < deadline) {
    if (await answers(address, namespace)) return true
    await sleep(100)
  }
  return false
}

async function answers(address: string, namespace: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: '2s' })
    try {
      await connection.workflowService.describeNamespace({ namespace })
      return true
    } finally {
      await connection.close()
    }
  } catch {
    return false
  }
}
