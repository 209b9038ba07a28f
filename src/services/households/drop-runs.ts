import { inTransaction } from '../../db/pool.ts'
import { forgetRuns } from '../bulk-runs/old-runs.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { recordErasure, type RetentionOptions } from './past-retention.ts'

/** Removes runs of many at once by an age of their own: nothing of a household is in them. @returns how many */
export function dropRuns(o: RetentionOptions): Promise<number> {
  return inTransaction(o.pool, async (tx) => {
    const runs = await forgetRuns(tx, await businessNow(tx))
    if (runs > 0) await recordErasure(tx, o, 'bulk-run.drop', { runs })
    return runs
  })
}
