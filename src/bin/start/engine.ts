import { Client, type Connection } from '@temporalio/client'
import type { Logger } from 'pino'
import type { Part } from '../../contract/part.ts'
import { noteNamespace } from '../../services/watching/engine-state.ts'
import type { Pool } from '../../db/pool.ts'
import type { DataDir } from '../../engine/embedded/data-dir.ts'
import { startLoop } from '../../engine/loop.ts'
import { type Relay, startRelay } from '../../engine/relay.ts'
import { connectClient, type TemporalAt } from '../../engine/temporal-at.ts'
import { findTemporal } from '../../engine/embedded/temporal-find.ts'
import { type RunningTemporal, startTemporal } from '../../engine/embedded/temporal-server.ts'
import {
  type RunningWorkers,
  startWorkers,
  type WorkerDeps,
  type WorkflowSource,
} from '../../engine/worker.ts'
import { endOrphan, rememberChild } from './children.ts'
import type { Config } from '../config/config-schema.ts'
import type { PartsBoard } from './parts.ts'
import { temporalAt } from '../config/temporal-address.ts'

export type RunningEngine = {
  /** Resolves at the first time everything runs; the engine joins when it can, nobody waits for it. */
  joined: Promise<void>
  uiUrl(): string | null
  /** Of our own server, for tools that want to look inside. */
  address(): string | null
  stop(): Promise<void>
}
type EngineOptions = {
  config: Config
  data: DataDir
  board: PartsBoard
  log: Logger
  pool: Pool
  databaseUrl: string
  throwaway: boolean
  workflows: WorkflowSource
  workers: WorkerDeps
  /** The facts must stand before workflows look at them; finding or building Temporal need not wait. */
  prepared: Promise<unknown>
}

const RETRY_MS = 3_000

/** Temporal, the workers on it and the relay to it; found, downloaded or built, and started again whenever it is lost. */
export function startEngine(options: EngineOptions): RunningEngine {
  const ending = new AbortController()
  const asked = once(ending.signal)
  let server: RunningTemporal | null = null
  let joined: () => void = () => undefined
  const engine = { joined: new Promise<void>((resolve) => (joined = resolve)) }
  const loop = startLoop({
    everyMs: RETRY_MS,
    mostPauseMs: RETRY_MS,
    async pass() {
      await serve()
      // A lost engine is replaced at once.
      return !ending.signal.aborted
    },
    onError(error) {
      if (ending.signal.aborted) return
      report(options.board, 'failed', (error as Error).message)
      options.log.error({ code: (error as Error).name }, 'the engine is away; it is tried again')
    },
  })

  async function serve(): Promise<void> {
    server = options.config.TEMPORAL_ADDRESS ? null : await ownServer(options, ending.signal)
    try {
      await Promise.race([options.prepared, asked])
      if (ending.signal.aborted) return
      const running = await connectAll(options, temporalAt(options.config, server?.address ?? null))
      joined()
      try {
        await Promise.race([asked, running.workers.finished, ...(server ? [server.exited] : [])])
      } finally {
        await running.stop()
      }
    } finally {
      await server?.stop()
    }
  }

  return {
    ...engine,
    uiUrl: () => server?.uiUrl ?? null,
    address: () => server?.address ?? null,
    async stop() {
      ending.abort()
      await loop.stop()
    },
  }
}

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
}

function report(board: PartsBoard, state: 'starting' | 'ready' | 'failed', detail: string): void {
  for (const name of ['worker', 'relay']) board.set({ name, mode: 'embedded', state })
  if (state === 'failed') board.set({ name: 'temporal', mode: 'embedded', state, detail })
}

async function ownServer(
  { config, data, board, throwaway }: EngineOptions,
  signal: AbortSignal,
): Promise<RunningTemporal> {
  await endOrphan(data, 'temporal')
  board.set({ name: 'temporal', mode: 'embedded', state: 'starting' })
  const say = (progress: Part['progress']) =>
    board.set({ name: 'temporal', mode: 'built', state: 'building', ...(progress && { progress }) })
  const binary = await findTemporal(process.env, say, signal)
  const server = await startTemporal({
    binary: binary.path,
    dbFile: data.file('temporal.db'),
    namespace: config.TEMPORAL_NAMESPACE,
    throwaway,
    logFile: data.file('logs/temporal.log'),
    onSpawn: (mark) => rememberChild(data, 'temporal', mark),
  })
  board.set({
    name: 'temporal',
    mode: binary.mode,
    state: 'ready',
    detail: `${server.address},网页 ${server.uiUrl}`,
  })
  return server
}

async function connectAll(options: EngineOptions, at: TemporalAt) {
  const { config, board, pool, log, databaseUrl } = options
  report(board, 'starting', '')
  const namespace = config.TEMPORAL_NAMESPACE
  const connection = await connectClient(at)
  const client = new Client({ connection, namespace })
  const workers = await joinAs(options, { at, connection }).catch(async (error: unknown) => {
    await connection.close()
    throw error
  })
  const relay: Relay = startRelay({ pool, databaseUrl, client, log })
  if (config.TEMPORAL_ADDRESS)
    board.set({
      name: 'temporal',
      mode: 'external',
      state: 'ready',
      detail: at.tls ? `${at.address},TLS` : at.address,
    })
  report(board, 'ready', '')
  return {
    workers,
    async stop() {
      // Side by side: when the server is gone, each waits some ten seconds for answers that no longer come.
      await Promise.allSettled([relay.stop(), workers.stop()])
      await connection.close()
    },
  }
}

async function joinAs(
  { config, pool, workflows, workers }: EngineOptions,
  { at, connection }: { at: TemporalAt; connection: Connection },
): Promise<RunningWorkers> {
  const namespace = config.TEMPORAL_NAMESPACE
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace })
  await noteNamespace(pool, namespaceInfo?.id ?? '')
  return startWorkers({ ...at, namespace }, workflows, workers)
}
