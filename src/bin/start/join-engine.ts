import { replyToOf } from '../../mail/reply-to.ts'
import { startChainVerifier } from '../../engine/chain-verifier.ts'
import { startSealer } from '../../engine/sealer.ts'
import { type Accountant, startAccountant } from '../../engine/accountant.ts'
import { startWatchdog, type Watchdog } from '../../engine/watchdog.ts'
import type { WorkerDeps } from '../../engine/worker.ts'
import { beginCounty } from './first-data.ts'
import type { Config } from '../config/config-schema.ts'
import { type RunningEngine, startEngine } from './engine.ts'
import type { Services, Disposers } from './foundation.ts'
import type { Beginning } from './production.ts'
import { workflowBundle } from './workflow-bundle.ts'

/** The pages are up before these are. */
export type Pending = { watchdog?: Watchdog; accountant?: Accountant; engine?: RunningEngine }

type Begun = {
  begin: Beginning
  publishHead?: boolean
  wrap?: (deps: WorkerDeps) => WorkerDeps
  throwaway?: boolean
}

/** Begins the county, and everything that watches it: the engine, the standing check, the sealer. */
export async function joinEngine(
  config: Config,
  options: Begun,
  ground: Services,
  { deps, late }: { deps: WorkerDeps; late: Pending },
  stops: Disposers,
): Promise<void> {
  const { data, board, log, database, masterKey, transport } = ground
  const { pool, letters } = deps
  const prepared = beginInBackground(options, ground, deps, stops)
  late.watchdog = startWatchdog({ pool, log }, undefined, prepared)
  stops.push(() => late.watchdog?.stop())
  late.accountant = startAccountant({ pool, log }, undefined, prepared)
  stops.push(() => late.accountant?.stop())
  const workers = options.wrap ? options.wrap(deps) : deps
  late.engine = startEngine({
    ...{ config, data, board, log, pool, prepared, workers },
    databaseUrl: database.logins.duban_worker ?? database.url,
    throwaway: options.throwaway ?? false,
    workflows: await workflowBundle(),
  })
  stops.push(() => late.engine?.stop())
  const publish =
    options.publishHead === false
      ? null
      : {
          transport,
          letters: { ...letters, replyTo: replyToOf(letters) },
          headsFile: data.file('audit-heads.log'),
        }
  const sealer = startSealer({ pool, masterKey, log, publish })
  stops.push(() => sealer.stop())
  if (!publish) return
  const verifier = startChainVerifier({ pool, masterKey, log, headsFile: publish.headsFile })
  stops.push(() => verifier.stop())
}

/** An empty county gets what it begins with while its pages are up already. */
function beginInBackground(
  { begin }: Begun,
  { board, pools, log, keys, inbox, transport }: Services,
  { wallNow, letters }: WorkerDeps,
  stops: Disposers,
): Promise<void> {
  const ending = new AbortController()
  const { signal } = ending
  const prepared = beginCounty({
    pool: pools.owner,
    log,
    wallNow,
    keys,
    letters,
    begin,
    board,
    signal,
    inboxTransport: inbox && transport,
  })
  prepared.catch((error: Error) => {
    if (!signal.aborted) log.error({ code: error.name }, 'the county could not be begun')
  })
  stops.push(async () => {
    ending.abort()
    await prepared.catch(() => undefined)
  })
  return prepared
}
