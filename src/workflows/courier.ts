import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import type { CourierActivities } from '../activities/courier.ts'
import type { DeliverActivities } from '../activities/deliver.ts'
import { DELIVER, TICK } from '../contract/timeouts.ts'
import { TASK_QUEUES } from '../contract/workflows.ts'
import { watch } from './watch.ts'

const { tickCourier } = proxyLocalActivities<CourierActivities>(TICK)
const { deliverMails } = proxyActivities<DeliverActivities>({ ...DELIVER, taskQueue: TASK_QUEUES.mail })

/** Composes a county's round when one is due and delivers its mails. Runs as long as the county exists. */
export async function courier(county: string): Promise<void> {
  await watch(county, tickCourier, async (answer) => {
    if (answer.deliver) await deliverMails(county)
    return answer.deliver
  })
}
