import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import pg from 'pg'
import { RELAY_POLL_MS } from '../contract/timeouts.ts'
import { deletePokes, pendingPokes, type PokeGroup } from '../services/watching/pokes.ts'
import type { Pool } from '../db/pool.ts'
import { markRelayed } from '../services/watching/watches.ts'
import { signalPoke } from './signal.ts'

const BATCH = 1_000
/** Signals side by side: more only queue up inside the server. */
const AT_ONCE = 24

export type Relay = { stop(): Promise<void>; lastError(): string | null }

/**
 * Carries pokes from PostgreSQL to Temporal: groups them, marks the watches, signals, then deletes by id (decision 2).
 * While Temporal is away pokes wait; sending one twice changes nothing, so several relays may run.
 */
export function startRelay(deps: { pool: Pool; databaseUrl: string; client: Client; log: Logger }): Relay {
  let stopping = false
  let lastError: string | null = null
  const bell = makeBell()
  const listener = keepListening(deps, bell.ring)
  const loop = (async () => {
    while (!stopping) {
      const busy = await relayOnce(deps).then(
        (n) => {
          lastError = null
          return n > 0
        },
        (error: unknown) => {
          lastError = codeOf(error)
          deps.log.warn({ code: lastError }, 'pokes could not be relayed; they wait')
          return false
        },
      )
      if (!busy && !stopping) await bell.wait(RELAY_POLL_MS)
    }
  })()
  return {
    lastError: () => lastError,
    async stop() {
      stopping = true
      bell.ring()
      await loop
      await listener.stop()
    },
  }
}

/** One pass. @returns how many workflows were signalled */
export async function relayOnce({ pool, client }: { pool: Pool; client: Client }): Promise<number> {
  const groups = await pendingPokes(pool, BATCH)
  if (groups.length === 0) return 0
  await markRelayed(pool, groups, Date.now())
  const work = { queue: [...groups], sent: [] as number[], failures: [] as unknown[] }
  await Promise.all(Array.from({ length: AT_ONCE }, () => drain(client, work)))
  await deletePokes(pool, work.sent)
  const { failures } = work
  if (failures.length > 0) throw failures[0]
  return groups.length
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

function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return String(code ?? name ?? 'unknown')
}

function makeBell() {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring() {
      rung = true
      wake?.()
    },
    async wait(ms: number) {
      if (!rung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      rung = false
      wake = undefined
    },
  }
}

/** A LISTEN connection that comes back by itself. Without it the poll alone carries everything, a second later. */
function keepListening({ databaseUrl, log }: { databaseUrl: string; log: Logger }, ring: () => void) {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  const connect = () => {
    const fresh = new pg.Client({ connectionString: databaseUrl })
    client = fresh
    fresh.on('notification', ring)
    fresh.on('error', again)
    fresh
      .connect()
      .then(() => fresh.query('listen pokes'))
      .catch(again)
  }
  const again = (error: Error) => {
    if (stopped || timer) return
    log.debug({ code: codeOf(error) }, 'listening for pokes was cut; trying again')
    timer = setTimeout(() => {
      timer = undefined
      connect()
    }, 1_000)
  }
  connect()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
