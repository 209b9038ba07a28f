import { proxyLocalActivities, setHandler } from '@temporalio/workflow'
import type { TimelineActivities } from '../activities/timeline.ts'
import { TICK } from '../contract/timeouts.ts'
import { type TimelineAnswer, timelineQuery } from '../contract/workflows.ts'
import { watch } from './watch.ts'

const { tickTimeline } = proxyLocalActivities<TimelineActivities>(TICK)

/** Opens each phase when its day comes, closes it through its gate, ends when the campaign closes (R12–R15). */
export async function campaignTimeline(campaignId: string): Promise<void> {
  let stands: TimelineAnswer | null = null
  setHandler(timelineQuery, () => stands)
  await watch(campaignId, tickTimeline, async (answer) => {
    stands = answer
    return false
  })
}
