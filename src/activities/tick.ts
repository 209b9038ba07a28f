import { businessNow, waitMs } from '../domain/time/clock.ts'
import type { TickAnswer } from '../contract/workflows.ts'
import { readClock } from '../services/schedule/clock.ts'
import { inTransaction, type Sql } from '../db/pool.ts'
import { recordWake, type WakePlan, type Watch } from '../services/watching/watches.ts'
import type { TickTime } from '../services/schedule/tick-time.ts'
import type { BaseDeps } from '../services/deps.ts'
import { asActivityFailure } from './failure.ts'

/**
 * Answers one question of a workflow in one transaction. The rules decide what is due and do it, and the watch's
 * row keeps the wake plan with the poke it answers. The workflow learns how long to wait. Running it twice has
 * the effect of once.
 */
export async function tick<Extra extends object>(
  deps: BaseDeps,
  watch: Watch,
  poke: number,
  decide: (tx: Sql, time: TickTime) => Promise<{ next: WakePlan; extra: Extra }>,
): Promise<TickAnswer & Extra> {
  const answered = await asActivityFailure(deps.log, watch, () =>
    inTransaction(deps.pool, async (tx) => {
      const clock = await readClock(tx)
      const wallNow = deps.wallNow()
      const now = businessNow(clock, wallNow)
      const { next, extra } = await decide(tx, { clock, now, wallNow })
      await recordWake(tx, watch, poke, next, wallNow)
      const wait = next.wakeAt === null ? null : waitMs(clock, next.wakeAt, now)
      return { waitMs: wait, done: next.done, ...extra }
    }),
  )
  deps.onAnswer?.()
  return answered
}
