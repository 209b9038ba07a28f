import { proxyLocalActivities, sleep } from '@temporalio/workflow'
import type { DeadlineActivities } from '../../../src/activities/deadline.ts'
import { TICK } from '../../../src/contract/timeouts.ts'

const { tickDeadline } = proxyLocalActivities<DeadlineActivities>(TICK)

/** A careless change of the deadline's workflow: it rests before it asks. Executions that live already cannot follow. */
export async function deadline(deadlineId: string): Promise<void> {
  await sleep('1 minute')
  await tickDeadline(deadlineId, 0)
}
