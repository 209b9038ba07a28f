import type { Logger } from 'pino'
import { WATCHDOG } from '../contract/timeouts.ts'
import { readClock } from '../services/schedule/clock.ts'
import { findGaps, type Gap } from '../services/watching/standing-check.ts'
import { poke } from '../services/watching/pokes.ts'
import { WATCH_KINDS } from '../db/schema/time.ts'
import { inTransaction, type Pool } from '../db/pool.ts'
import { businessNow } from '../domain/time/clock.ts'
import { logFailure, startLoop } from './loop.ts'

export type Watchdog = { stop(): Promise<void>; gap(): number | null }
/** How many gaps the log names, by their opaque ids. */
const NAMED = 5

type Limits = { everyMs: number; overdueWakeMs: number; unansweredMs: number }

/**
 * A loop, not a workflow: it must outlive Temporal. Every minute it pokes what nobody watches, what should have woken, and
 * what left a poke unanswered; so an emptied Temporal fills itself again (R20).
 * @param after nothing is checked before this
 */
export function startWatchdog(
  { pool, log }: { pool: Pool; log: Logger },
  limits: Limits = WATCHDOG,
  after?: Promise<unknown>,
): Watchdog {
  let gap: number | null = null
  const loop = startLoop({
    everyMs: limits.everyMs,
    ...(after && { after }),
    async pass() {
      const gaps = await pokeGaps(pool, limits)
      gap = gaps.length
      if (gap > 0)
        log.warn(
          { gap, first: gaps.slice(0, NAMED) },
          'the standing check found something nobody was watching, and poked it',
        )
    },
    onError: logFailure(log, 'the standing check could not run'),
  })
  return { gap: () => gap, stop: loop.stop }
}

/** One round of the standing check. @returns what was found and poked */
export async function pokeGaps(pool: Pool, limits: Limits = WATCHDOG): Promise<Gap[]> {
  return inTransaction(pool, async (tx) => {
    const clock = await readClock(tx)
    const wallNow = Date.now()
    // Under a stepped clock a wake is the driver's business: only what is unwatched or unanswered is a gap.
    const overdueBefore = clock.mode === 'stepped' ? null : businessNow(clock, wallNow) - limits.overdueWakeMs
    const gaps = await findGaps(tx, { overdueBefore, unansweredBefore: wallNow - limits.unansweredMs })
    for (const kind of WATCH_KINDS)
      await poke(
        tx,
        kind,
        gaps.filter((g) => g.kind === kind).map((g) => g.subject),
      )
    return gaps
  })
}
