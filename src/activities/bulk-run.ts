import { heartbeat } from '@temporalio/activity'
import { BULK_TRIES } from '../contract/timeouts.ts'
import type { BulkAnswer } from '../contract/workflows.ts'
import { isAtWork } from '../domain/obligation/bulk-run.ts'
import { inTransaction } from '../db/pool.ts'
import { type BulkDeps, carryOn, giveUp } from '../services/bulk-runs/carry-on.ts'
import { lockRun } from '../services/bulk-runs/store.ts'
import type { BaseDeps } from '../services/deps.ts'
import { recordWake } from '../services/watching/watches.ts'
import { asActivityFailure } from './failure.ts'

export type BulkStepActivities = ReturnType<typeof createBulkStepActivities>
export type BulkActivities = ReturnType<typeof createBulkActivities>

export function createBulkStepActivities(deps: BaseDeps) {
  return {
    /** Whether a run goes on. Only its end answers the poke: until then the run is not settled. */
    async nextBulkStep(run: string, poke: number): Promise<BulkAnswer> {
      const working = await inTransaction(deps.pool, async (tx) => {
        const found = await lockRun(tx, run)
        const goesOn = found !== undefined && isAtWork(found.state)
        const watch = { kind: 'bulk', subject: run } as const
        if (!goesOn) await recordWake(tx, watch, poke, { wakeAt: null, done: true }, deps.wallNow())
        return goesOn
      })
      if (!working) deps.onAnswer?.()
      return { waitMs: null, done: !working, working }
    },

    /** Records on the run's row that it could not go on; `code` is that of the last failure. */
    giveUpBulk: (run: string, code: string): Promise<void> =>
      asActivityFailure(deps.log, { run }, () => giveUp(deps, run, code)),
  }
}

export function createBulkActivities(deps: BulkDeps) {
  return {
    /** Acts on all that is left of a run, or takes back all that was done. After a crash it goes on with the next. */
    carryOnBulk: (run: string): Promise<void> =>
      asActivityFailure(deps.log, { run }, () => carryOn(deps, run, heartbeat), BULK_TRIES),
  }
}
