import { rmSync } from 'node:fs'
import pino, { type Logger } from 'pino'
import { Registry } from 'prom-client'
import { buildApp } from '../api/app.ts'
import { listen } from '../api/server.ts'
import { liveKeyring } from '../db/keyring.ts'
import { now as businessNow, setClock } from '../db/clock-store.ts'
import { inTransaction, type Pool } from '../db/pool.ts'
import { readSampleOffices, seedCounty } from '../db/seed.ts'
import type { ClockRow } from '../domain/clock.ts'
import { type DataDir, openDataDir } from '../engine/data-dir.ts'
import { portNear } from '../engine/ports.ts'
import { startSealer } from '../engine/sealer.ts'
import { startWatchdog, type Watchdog } from '../engine/watchdog.ts'
import type { WorkerDeps } from '../engine/worker.ts'
import { startTrialInbox, type TrialInbox } from '../mail/trial-inbox.ts'
import { createTransport } from '../mail/transport.ts'
import type { Config } from './config.ts'
import { openDatabase } from './database.ts'
import { type RunningEngine, startEngine } from './engine.ts'
import { makePartsBoard, type PartsBoard } from './parts.ts'
import { beginCounty, clearHalfLaidDemo } from './begin.ts'
import { apiSettings } from './api-settings.ts'
import { localKey } from './local-key.ts'
import { keyTrouble, masterKeyOf } from './master-key.ts'
import { openPools } from './pools.ts'
import { type Beginning, beginningOf, refuseIncomplete, refuseUnsafe } from './production.ts'
import { workflowBundle } from './workflow-bundle.ts'

export type UpOptions = {
  /** What an empty database gets: a county with a past, this year's campaign, or the offices alone. */
  begin: Beginning
  /** Whoever is at the machine may sign in as any sample person (trial mode on loopback only). */
  demoSignIn?: boolean
  /** The daily head of the trail goes to the auditors. */
  publishHead?: boolean
  /** Takes the clock to another mode before anything reads it (rehearsal). */
  clock?: ClockRow
  /** Wraps what the workers use: the rehearsal plants its faults here. */
  wrap?: (deps: WorkerDeps) => WorkerDeps
  /** Nobody will open these data again: our own servers need not wait for the disk. */
  throwaway?: boolean
  onPart?: PartsBoard['onChange'] extends (callback: infer C) => void ? C : never
  log?: Logger
}
export type Running = {
  url: string
  token: string
  /** The owner's: for what no role may do (rehearsal's clock, benchmarks). */
  pool: Pool
  databaseUrl: string
  inbox: TrialInbox | null
  data: DataDir
  engine: RunningEngine
  stop(): Promise<void>
}

/** Starts every part in the order in which people can use it; the engine joins last, when it can. */
export async function up(config: Config, options: UpOptions): Promise<Running> {
  refuseIncomplete(config)
  const data = openDataDir(config.DUBAN_DATA)
  const stops: (() => Promise<unknown> | void)[] = [() => data.release()]
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    return { ...(await startAll(config, options, data, stops)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startAll(
  config: Config,
  options: UpOptions,
  data: DataDir,
  stops: (() => Promise<unknown> | void)[],
): Promise<Omit<Running, 'stop'>> {
  const log = options.log ?? pino({ level: config.LOG_LEVEL }, pino.destination(2))
  const board = makePartsBoard()
  const begin = beginningOf(config, options.begin)
  if (options.onPart) board.onChange(options.onPart)

  const database = await openDatabase(config, data, board, log, options.throwaway)
  stops.push(() => database.stop())
  const pools = openPools(database, log)
  stops.push(() => pools.end())
  const { owner } = pools

  const inbox = config.SMTP_URL ? null : await startTrialInbox({ dir: data.file('inbox'), keep: 20_000 })
  if (inbox) stops.push(() => inbox.close())
  const smtpUrl = config.SMTP_URL ?? inbox?.smtpUrl ?? ''
  board.set({
    name: 'mail',
    mode: inbox ? 'trial' : 'smtp',
    state: 'ready',
    detail: inbox ? '邮件留在试用邮箱' : new URL(smtpUrl).host,
  })

  if (!config.DUBAN_MASTER_KEY) data.secret('master-key', 32)
  const masterKey = masterKeyOf(config)
  const keys = await liveKeyring(owner, masterKey, {
    onError: keyTrouble(log),
  })
  stops.push(() => keys.stop())
  const port = await portNear(config.DUBAN_PORT, config.DUBAN_HOST)
  const url = `http://${config.DUBAN_HOST}:${port}`
  const letters = {
    dashboardUrl: config.DASHBOARD_URL ?? url,
    from: { name: '督办', address: config.MAIL_FROM },
    replyTo: config.MAIL_REPLY_TO ?? config.MAIL_FROM,
    mailDomain: config.MAIL_FROM.split('@')[1] ?? 'duban.example',
    trial: inbox !== null,
    archive: false,
  }
  const wallNow = () => Date.now()
  await refuseUnsafe(config, owner)
  // The trail went with it; heads made known of it would speak of a chain that is no more.
  if (await clearHalfLaidDemo(owner)) rmSync(data.file('audit-heads.log'), { force: true })
  if (options.clock) await setClock(owner, options.clock)
  if (config.DUBAN_MODE === 'trial')
    await inTransaction(owner, async (tx) => seedCounty(tx, await readSampleOffices(), await businessNow(tx)))
  const token = await localKey(config, data, owner)

  const transport = createTransport(smtpUrl, { connections: 8 })
  stops.push(() => transport.close())
  const deps: WorkerDeps = { pool: pools.worker, log, wallNow, keys, letters, transport }
  // The pages are up before these two are.
  const late: { watchdog?: Watchdog; engine?: RunningEngine } = {}
  const app = await buildApp({
    ...apiSettings(config, { ...options, begin }),
    pool: pools.api,
    gate: pools.gate,
    keys,
    log,
    transport,
    letters,
    metrics: new Registry(),
    wallNow,
    parts: async () => board.all(),
    gap: () => late.watchdog?.gap() ?? null,
    inbox,
    temporalUi: () => late.engine?.uiUrl() ?? null,
  })
  const server = await listen(app, { host: config.DUBAN_HOST, port })
  stops.push(() => server.close())
  board.set({ name: 'api', mode: 'embedded', state: 'ready', detail: url })
  keepRuntime(data, board, url)
  stops.push(() => rmSync(data.file('runtime.json'), { force: true }))
  const ending = new AbortController()
  const { signal } = ending
  const prepared = beginCounty({ pool: owner, log, wallNow, keys, letters, begin, board, signal })
  prepared.catch((error: Error) => {
    if (!signal.aborted) log.error({ code: error.name }, 'the county could not be begun')
  })
  stops.push(async () => {
    ending.abort()
    await prepared.catch(() => undefined)
  })
  late.watchdog = startWatchdog({ pool: pools.worker, log }, undefined, prepared)
  stops.push(() => late.watchdog?.stop())
  const engine = startEngine({
    config,
    data,
    board,
    log,
    pool: pools.worker,
    databaseUrl: database.logins.duban_worker ?? database.url,
    throwaway: options.throwaway ?? false,
    prepared,
    workflows: await workflowBundle(),
    workers: options.wrap ? options.wrap(deps) : deps,
  })
  late.engine = engine
  stops.push(() => engine.stop())
  const sealer = startSealer({
    pool: pools.worker,
    masterKey,
    log,
    publish:
      options.publishHead === false ? null : { transport, letters, headsFile: data.file('audit-heads.log') },
  })
  stops.push(() => sealer.stop())
  return { url, token, pool: owner, databaseUrl: database.url, inbox, data, engine }
}

/** URL, mode and state of every part, for scripts. */
function keepRuntime(data: DataDir, board: PartsBoard, url: string): void {
  const write = () =>
    data.write('runtime.json', JSON.stringify({ url, pid: process.pid, parts: board.all() }, null, 2))
  write()
  board.onChange(write)
}
