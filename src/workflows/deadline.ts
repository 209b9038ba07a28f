import { proxyLocalActivities } from '@temporalio/workflow'
import type { DeadlineActivities } from '../activities/deadline.ts'
import { TICK } from '../contract/timeouts.ts'
import { watch } from './watch.ts'

const { tickDeadline } = proxyLocalActivities<DeadlineActivities>(TICK)

/** Watches everything one office owes at one instant under one rule; ends when nothing open is left (decision 4). */
export async function deadline(deadlineId: string): Promise<void> {
  await watch(deadlineId, tickDeadline)
}
