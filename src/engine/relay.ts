import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import pg from 'pg'
import { RELAY_POLL_MS } from '../contract/timeouts.ts'
import { deletePokes, pendingPokes, type PokeGroup } from '../services/watching/pokes.ts'
import type { Pool } from '../db/pool.ts'
import { errorCode } from '../db/transient-errors.ts'
import { markRelayed } from '../services/watching/watches.ts'
import { logFailure, startLoop } from './loop.ts'
import { signalPoke } from './signal.ts'

const BATCH = 1_000
/** Signals side by side: more only queue up inside the server. */
const AT_ONCE = 24

export type Relay = { stop(): Promise<void> }
type RelayDeps = { pool: Pool; databaseUrl: string; client: Client; log: Logger }

/**
 * Carries pokes from PostgreSQL to Temporal: groups them, marks the watches, signals, then deletes by id (decision 2).
 * While Temporal is away pokes wait; sending one twice changes nothing, so several relays may run.
 */
export function startRelay(deps: RelayDeps): Relay {
  const loop = startLoop({
    everyMs: RELAY_POLL_MS,
    pass: () => relayOnce(deps),
    onError: logFailure(deps.log, 'pokes could not be relayed; they wait'),
  })
  const listener = listenForPokes(deps, loop.wake)
  return {
    async stop() {
      await listener.stop()
      await loop.stop()
    },
  }
}

/** One pass. @returns whether it left some; whoever pokes meanwhile rings (LISTEN) */
export async function relayOnce({ pool, client }: { pool: Pool; client: Client }): Promise<boolean> {
  const groups = await pendingPokes(pool, BATCH)
  if (groups.length === 0) return false
  await markRelayed(pool, groups, Date.now())
  const work = { queue: [...groups], sent: [] as number[], failures: [] as unknown[] }
  await Promise.all(Array.from({ length: AT_ONCE }, () => drain(client, work)))
  await deletePokes(pool, work.sent)
  const { failures } = work
  if (failures.length > 0) throw failures[0]
  return work.sent.length === BATCH
}

type Work = { queue: PokeGroup[]; sent: number[]; failures: unknown[] }

async function drain(client: Client, { queue, sent, failures }: Work): Promise<void> {
  for (let group = queue.shift(); group && failures.length === 0; group = queue.shift())
    try {
      await signalPoke(client, group, group.upTo)
      sent.push(...group.ids)
    } catch (error) {
      failures.push(error)
    }
}

/** A LISTEN connection that comes back by itself. Without it the poll alone carries everything, a second later. */
function listenForPokes({ databaseUrl, log }: RelayDeps, onPoke: () => void): Relay {
  let stopping = false
  let client: pg.Client | undefined
  const loop = startLoop({
    everyMs: RELAY_POLL_MS,
    mostPauseMs: RELAY_POLL_MS,
    async pass() {
      if (stopping) return
      client = new pg.Client({ connectionString: databaseUrl })
      client.on('notification', onPoke)
      await listenUntilCut(client, onPoke)
    },
    onError: (error) =>
      log.debug({ code: errorCode(error) }, 'listening for pokes was cut; it is tried again'),
  })
  return {
    async stop() {
      stopping = true
      await client?.end()
      await loop.stop()
    },
  }
}

/** @throws what cut the connection */
async function listenUntilCut(client: pg.Client, onPoke: () => void): Promise<void> {
  const cut = new Promise<void>((resolve, reject) => {
    client.once('end', resolve)
    client.on('error', reject)
  })
  const listening = client.connect().then(async () => {
    await client.query('listen pokes')
    // Pokes left while nobody listened.
    onPoke()
    await cut
  })
  await Promise.race([listening, cut])
}
