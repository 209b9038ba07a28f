import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { freePort } from './ports.ts'
import { endProcess, markOf } from './processes.ts'

export type RunningTemporal = {
  address: string
  uiUrl: string
  pid: number
  exited: Promise<void>
  stop(): Promise<void>
}
export type TemporalOptions = {
  binary: string
  logFile: string
  /** null keeps everything in memory (tests). */ dbFile: string | null
}

const READY_MS = 60_000

/** Starts the dev server on loopback; on a file with the pragmas that make it three times as fast (TEMPORAL, Start it well). */
export async function startTemporal({ binary, logFile, dbFile }: TemporalOptions): Promise<RunningTemporal> {
  const [port, uiPort] = [await freePort(), await freePort()]
  const storage =
    dbFile === null
      ? []
      : [
          '--db-filename',
          dbFile,
          '--sqlite-pragma',
          'journal_mode=wal',
          '--sqlite-pragma',
          'synchronous=NORMAL',
        ]
  const child = spawn(
    binary,
    [
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--port',
      `${port}`,
      '--ui-port',
      `${uiPort}`,
      '--log-level',
      'error',
      ...storage,
    ],
    { stdio: ['ignore', openSync(logFile, 'a'), openSync(logFile, 'a')], detached: true },
  )
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const address = `127.0.0.1:${port}`
  const mark = markOf(child.pid ?? 0)
  const stop = () => endProcess(mark, 'SIGTERM', 10_000)
  const gone = exited.then(() => {
    throw new Error(`Temporal 服务启动后退出,详见 ${logFile}`)
  })
  await Promise.race([untilReady(address), gone])
  // From here on its end is told by `exited`.
  gone.catch(() => undefined)
  return { address, uiUrl: `http://127.0.0.1:${uiPort}`, pid: mark.pid, exited, stop }
}

/** @throws the last error when it does not answer in time */
async function untilReady(address: string): Promise<void> {
  const deadline = Date.now() + READY_MS
  for (;;)
    try {
      const connection = await Connection.connect({ address, connectTimeout: '2s' })
      try {
        await connection.workflowService.describeNamespace({ namespace: 'default' })
      } finally {
        await connection.close()
      }
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(100)
    }
}
