import type { Logger } from 'pino'
import { WATCHDOG } from '../contract/timeouts.ts'
import { readClock } from '../services/schedule/clock.ts'
import { findGaps, type Gap } from '../services/watching/standing-check.ts'
import { poke, type WatchKind } from '../services/watching/pokes.ts'
import { inTransaction, type Pool } from '../db/pool.ts'
import { businessNow } from '../domain/time/clock.ts'

export type Watchdog = { stop(): Promise<void>; gap(): number | null; checkedAt(): number | null }
/** So many are named in the log, by their opaque ids. */
const FIRST = 5

type Limits = { everyMs: number; overdueWakeMs: number; unansweredMs: number }

/**
 * A loop, not a workflow: it must outlive Temporal. Every minute it pokes what nobody watches, what should have woken, and
 * what left a poke unanswered; so an emptied Temporal fills itself again (R20).
 */
export function startWatchdog(
  deps: { pool: Pool; log: Logger },
  limits: Limits = WATCHDOG,
  /** Nothing is checked before this. */
  ready: Promise<unknown> = Promise.resolve(),
): Watchdog {
  let gap: number | null = null
  let checkedAt: number | null = null
  let stopping = false
  let wake = () => {}
  const loop = (async () => {
    await ready
    while (!stopping) {
      try {
        const gaps = await pokeGaps(deps.pool, limits)
        gap = gaps.length
        checkedAt = Date.now()
        if (gap > 0)
          deps.log.warn(
            { gap, first: gaps.slice(0, FIRST) },
            'the standing check found something nobody was watching, and poked it',
          )
      } catch (error) {
        deps.log.warn(
          { code: (error as { code?: string }).code ?? 'unknown' },
          'the standing check could not run',
        )
      }
      if (!stopping)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, limits.everyMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
    }
  })()
  return {
    gap: () => gap,
    checkedAt: () => checkedAt,
    async stop() {
      stopping = true
      wake()
      await loop
    },
  }
}

/** One round of the standing check. @returns what was found and poked */
export async function pokeGaps(pool: Pool, limits: Limits = WATCHDOG): Promise<Gap[]> {
  return inTransaction(pool, async (tx) => {
    const clock = await readClock(tx)
    const wallNow = Date.now()
    // Under a stepped clock a wake is the driver's business: only what is unwatched or unanswered is a gap.
    const overdueBefore = clock.mode === 'stepped' ? null : businessNow(clock, wallNow) - limits.overdueWakeMs
    const gaps = await findGaps(tx, { overdueBefore, unansweredBefore: wallNow - limits.unansweredMs })
    for (const kind of ['deadline', 'timeline', 'courier', 'import'] satisfies WatchKind[])
      await poke(
        tx,
        kind,
        gaps.filter((g) => g.kind === kind).map((g) => g.subject),
      )
    return gaps
  })
}
