import { setTimeout as sleep } from 'node:timers/promises'
import { poke } from '../services/watching/pokes.ts'
import type { Pool } from '../db/pool.ts'
import { dueWatches } from '../services/watching/watches.ts'
import { type Instant } from '../domain/time/days.ts'
import { Responder } from './responder.ts'
import { groupBy } from './grouping.ts'

/** What keeps a step from being settled; empty when nothing does. */
export type Unsettled = string[]

/** So long without settling, in wall time, means that something hangs. */
const PATIENCE_MS = 30_000
/** Asking costs the same processors that are being waited for: so it is done after an answer, and now and then anyway. */
const PAUSE_MS = { first: 8, factor: 1.4, most: 30 }
/** Answers come in bursts, and the relay takes its pokes away a moment after the last signal has left. */
const BURST_MS = 3

const WAITING = `select
  array_remove(array[
    case when exists (select 1 from pokes) then 'pokes' end,
    case when exists (select 1 from watches where relayed > answered) then 'unanswered' end,
    case when exists (select 1 from mails where state in ('queued','sending')) then 'mails' end,
    case when exists (select 1 from imports where state in ('validating','applying','undoing')) then 'imports' end
  ], null) as reasons,
  exists (select 1 from watches where not done and wake_at <= $1) as overslept`

/**
 * Pokes what is due and waits until everything has answered: no poke left, every watch has answered its last poke, none
 * should have woken, no mail in flight, no import at work.
 * @returns what had not settled when patience ran out
 */
export async function reachQuiescence(
  pool: Pool,
  now: Instant,
  answers = new Responder(),
): Promise<Unsettled> {
  const deadline = Date.now() + PATIENCE_MS
  for (let pause = PAUSE_MS.first; ;) {
    const { reasons, overslept } = await waiting(pool, now)
    const busy = reasons.length > 0
    if (!busy && !overslept) return []
    if (Date.now() > deadline) return [...reasons, ...(overslept ? ['overslept'] : [])]
    if (!busy) await pokeDue(pool, now)
    else if (await answers.next(pause)) await sleep(BURST_MS)
    else pause = Math.min(pause * PAUSE_MS.factor, PAUSE_MS.most)
  }
}

/** Asked some twenty thousand times a year: prepared once on each connection. */
async function waiting(pool: Pool, now: Instant): Promise<{ reasons: Unsettled; overslept: boolean }> {
  const query = { name: 'settled', text: WAITING, values: [new Date(now)] }
  const { rows } = await pool.query<{ reasons: Unsettled; overslept: boolean }>(query)
  return rows[0] ?? { reasons: [], overslept: false }
}

/** Under a stepped clock nobody wakes by himself. */
async function pokeDue(pool: Pool, now: Instant): Promise<void> {
  for (const [kind, watches] of groupBy(await dueWatches(pool, now), (w) => w.kind))
    await poke(
      pool,
      kind,
      watches.map((w) => w.subject),
    )
}
