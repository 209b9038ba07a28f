import { setTimeout as sleep } from 'node:timers/promises'
import { poke } from '../services/watching/pokes.ts'
import type { Pool } from '../db/pool.ts'
import { dueWatches } from '../services/watching/watches.ts'
import { type Instant } from '../domain/time/days.ts'
import { Responder } from './responder.ts'
import { groupBy } from './grouping.ts'

/** What prevents quiescence; empty when nothing does. */
export type Unsettled = string[]

/** Without quiescence for this long, in wall time, something hangs. */
const PATIENCE_MS = 30_000
/** Asking costs processor time that the product needs, so it follows an answer, and otherwise is rare. */
const PAUSE_MS = { first: 8, factor: 1.4, most: 30 }
/** Answers come in bursts, and the relay deletes its pokes a moment after the last signal. */
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
 * Pokes what is due and waits until everything has answered. No poke is left, every watch has answered its last
 * poke, no wake is past, no mail is in flight, no import runs. @returns what was still pending when time ran out
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

/** Asked some twenty thousand times a year, so each connection prepares it once. */
async function waiting(pool: Pool, now: Instant): Promise<{ reasons: Unsettled; overslept: boolean }> {
  const query = { name: 'settled', text: WAITING, values: [new Date(now)] }
  const { rows } = await pool.query<{ reasons: Unsettled; overslept: boolean }>(query)
  return rows[0] ?? { reasons: [], overslept: false }
}

/** Under a stepped clock nothing wakes by itself. */
async function pokeDue(pool: Pool, now: Instant): Promise<void> {
  for (const [kind, watches] of groupBy(await dueWatches(pool, now), (w) => w.kind))
    await poke(
      pool,
      kind,
      watches.map((w) => w.subject),
    )
}
