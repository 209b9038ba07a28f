import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import type { BulkActivities, BulkStepActivities } from '../activities/bulk-run.ts'
import { BULK, TICK } from '../contract/timeouts.ts'
import { TASK_QUEUES } from '../contract/workflows.ts'
import { failureCode } from './failure-code.ts'
import { watch } from './watch.ts'

const { nextBulkStep, giveUpBulk } = proxyLocalActivities<BulkStepActivities>(TICK)
const { carryOnBulk } = proxyActivities<BulkActivities>({ ...BULK, taskQueue: TASK_QUEUES.files })

/** Carries many at once to their end, or takes them back, as the run's row asks (R9). Ends when it asks for nothing. */
export async function bulkRun(run: string): Promise<void> {
  await watch(run, nextBulkStep, async ({ working }) => {
    if (working) await carryOnBulk(run).catch((error) => giveUpBulk(run, failureCode(error)))
    return working
  })
}
