import { rmSync } from 'node:fs'
import type { Logger } from 'pino'
import { buildApp } from '../../api/app.ts'
import { listen } from '../../api/server.ts'
import type { LetterDeps } from '../../services/deps.ts'
import { setClock } from '../../services/schedule/clock.ts'
import type { Pool } from '../../db/pool.ts'
import type { ClockRow } from '../../domain/time/clock.ts'
import { type DataDir, openDataDir } from '../../engine/embedded/data-dir.ts'
import { portNear } from '../../engine/embedded/ports.ts'
import type { WorkerDeps } from '../../engine/worker.ts'
import type { TrialInbox } from '../../mail/trial-inbox.ts'
import type { ApiDeps } from '../../api/http/deps.ts'
import type { Config } from '../config/config-schema.ts'
import type { RunningEngine } from './engine.ts'
import { type Services, openServices, type Disposers } from './foundation.ts'
import type { PartsBoard } from './parts.ts'
import { clearHalfLaidDemo } from './first-data.ts'
import { apiSettings, breachedOf } from './api-settings.ts'
import { webFolder } from './web-folder.ts'
import { joinEngine, type Pending } from './join-engine.ts'
import { type FirstSteps, firstSteps } from './first-steps.ts'
import { processMetrics } from './process-metrics.ts'
import { localKey } from './local-key.ts'
import { type Beginning, beginningOf, refuseIncomplete, refuseUnsafe } from './production.ts'
import { beginningIn, seedTrialCounty } from './trial-county.ts'

export type UpOptions = {
  /** What an empty database gets: a county with a past, this year's campaign, or the offices alone. */
  begin: Beginning
  /** The address of the first administrator, where there is no demonstration. */
  administrator?: string
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
  /** What these data were begun as. */
  begin: Beginning
  /** What is still to be done before a county of one's own works; null where nothing is. */
  firstSteps: FirstSteps | null
  data: DataDir
  engine: RunningEngine
  stop(): Promise<void>
}

/** Starts every part in the order in which people can use it; the engine joins last, when it can. */
export async function up(config: Config, options: UpOptions): Promise<Running> {
  refuseIncomplete(config)
  const data = openDataDir(config.DUBAN_DATA)
  const stops: Disposers = [() => data.release()]
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
  stops: Disposers,
): Promise<Omit<Running, 'stop'>> {
  const breached = await breachedOf(config)
  const ground = await openServices(config, options, data, stops)
  const port = await portNear(config.DUBAN_PORT, config.DUBAN_HOST)
  const url = `http://${config.DUBAN_HOST}:${port}`
  const letters = lettersOf(config, url, ground.inbox !== null)
  const { token, begin } = await prepareDatabase(config, options, ground)
  const { inbox, pools, log, keys, transport } = ground
  const steps =
    begin === 'campaign'
      ? await firstSteps(pools.owner, letters.dashboardUrl, options.administrator ?? null)
      : null
  const reached = { pool: pools.worker, api: pools.api, log, keys, transport, letters }
  const deps: WorkerDeps = { ...reached, wallNow: () => Date.now() }
  const late: Pending = {}
  await serve(config, { ...options, begin, breached }, ground, { deps, late, url, port }, stops)
  await joinEngine(config, { ...options, begin }, ground, { deps, late }, stops)
  return {
    url,
    token,
    pool: pools.owner,
    databaseUrl: ground.database.url,
    inbox,
    begin,
    firstSteps: steps,
    data,
    engine: late.engine!,
  }
}

function lettersOf(config: Config, url: string, trial: boolean): LetterDeps {
  return {
    dashboardUrl: config.DASHBOARD_URL ?? url,
    from: { name: '督办', address: config.MAIL_FROM },
    replyTo: config.MAIL_REPLY_TO ?? null,
    mailDomain: config.MAIL_FROM.split('@')[1] ?? 'duban.example',
    trial,
    archive: false,
  }
}

/** What must be true of the facts before anybody reads them. @returns the local key, and what these data were begun as */
async function prepareDatabase(
  config: Config,
  options: UpOptions,
  { data, pools }: Services,
): Promise<{ token: string; begin: Beginning }> {
  const { owner } = pools
  await refuseUnsafe(config, owner)
  // The trail went with it; heads made known of it would speak of a chain that is no more.
  if (await clearHalfLaidDemo(owner)) rmSync(data.file('audit-heads.log'), { force: true })
  if (options.clock) await setClock(owner, options.clock)
  const begin = await beginningIn(owner, beginningOf(config, options.begin))
  if (config.DUBAN_MODE === 'trial') await seedTrialCounty(owner, begin)
  return { token: await localKey(config, data, owner), begin }
}

async function serve(
  config: Config,
  options: UpOptions & { begin: Beginning; breached: ApiDeps['breached'] },
  { data, board, inbox, log, keys, pools, transport }: Services,
  { deps, late, url, port }: { deps: WorkerDeps; late: Pending; url: string; port: number },
  stops: Disposers,
): Promise<void> {
  const app = await buildApp({
    ...apiSettings(config, options),
    web: webFolder(),
    ...{ keys, log, transport, inbox, breached: options.breached },
    pool: pools.api,
    gate: pools.gate,
    letters: deps.letters,
    metrics: processMetrics(),
    wallNow: deps.wallNow,
    parts: async () => board.all(),
    gap: () => late.watchdog?.gap() ?? null,
    left: () => late.accountant?.left() ?? null,
    temporalUi: () => late.engine?.uiUrl() ?? null,
  })
  const server = await listen(app, { host: config.DUBAN_HOST, port })
  stops.push(() => server.close())
  board.set({ name: 'api', mode: 'embedded', state: 'ready', detail: url })
  keepRuntime(data, board, url)
  stops.push(() => rmSync(data.file('runtime.json'), { force: true }))
}

/** URL, mode and state of every part, for scripts. */
function keepRuntime(data: DataDir, board: PartsBoard, url: string): void {
  const write = () =>
    data.write('runtime.json', JSON.stringify({ url, pid: process.pid, parts: board.all() }, null, 2))
  write()
  board.onChange(write)
}
