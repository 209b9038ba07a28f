import { inTransaction } from '../../db/pool.ts'
import { KEPT_MS } from '../access/idempotency-keys.ts'
import { forgetRuns, runsKeptFrom } from '../bulk-runs/old-runs.ts'
import { freeRunKeys } from '../bulk-runs/store.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { recordErasure, type RetentionOptions } from './past-retention.ts'

/** Removes runs of many at once by an age of their own: nothing of a household is in them. Their keys go sooner. @returns how many */
export function dropRuns(o: RetentionOptions): Promise<number> {
  return inTransaction(o.pool, async (tx) => {
    const now = await businessNow(tx)
    await freeRunKeys(tx, null, o.wallNow - KEPT_MS)
    const runs = await forgetRuns(tx, now)
    // Their own age, and not that of households.
    if (runs > 0) await recordErasure(tx, { ...o, before: runsKeptFrom(now) }, 'bulk-run.drop', { runs })
    return runs
  })
}
