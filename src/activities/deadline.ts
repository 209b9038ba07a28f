import { earlierOf, type Instant } from '../domain/time/days.ts'
import { resumeWhenOver } from '../services/obligations/resume-when-over.ts'
import { planMoments } from '../domain/escalation/moments.ts'
import type { TickAnswer } from '../contract/workflows.ts'
import { type DeadlineRow, firingsOf, lockDeadline, openMembers } from '../services/deadlines/store.ts'
import { contextOf } from '../services/deadlines/plan-context.ts'
import { keepReads } from '../db/kept-reads.ts'
import { keepPlans, type Pool, type Sql } from '../db/pool.ts'
import { readWatch, type WakePlan } from '../services/watching/watches.ts'
import type { BaseDeps } from '../services/deps.ts'
import { fire } from '../services/notifications/fire.ts'
import { type TickTime } from '../services/schedule/tick-time.ts'
import { tick } from './tick.ts'

export type DeadlineActivities = ReturnType<typeof createDeadlineActivities>

export function createDeadlineActivities(deps: BaseDeps) {
  return {
    /** Fires what is due for a deadline and says when to ask again; done when nothing open is left. */
    async tickDeadline(deadlineId: string, poke: number): Promise<TickAnswer> {
      return tick(deps, { kind: 'deadline', subject: deadlineId }, poke, async (tx, time) => ({
        next: await fireWhatIsDue(tx, deps.pool, deadlineId, time),
        extra: {},
      }))
    },
  }
}

const NOTHING_LEFT: WakePlan = { wakeAt: null, done: true }
/** The county's mail is not open yet: the courier pokes when it is, and what was missed collapses as after an outage. */
const HELD: WakePlan = { wakeAt: null, done: false }

async function fireWhatIsDue(tx: Sql, pool: Pool, id: string, { now }: TickTime): Promise<WakePlan> {
  keepPlans(tx)
  if (await resumeWhenOver(tx, id, now)) return { wakeAt: now, done: false }
  const deadline = await lockDeadline(tx, id)
  if (!deadline) return NOTHING_LEFT
  const [members, fired, watch] = await Promise.all([
    openMembers(tx, id),
    firingsOf(tx, id),
    readWatch(tx, { kind: 'deadline', subject: id }),
    keepReads(tx, pool, ['directory', 'calendar']),
  ])
  if (members.count === 0) return NOTHING_LEFT
  if (deadline.mailState === 'preparing') return { ...HELD, wakeAt: endOfPause(deadline) }
  const context = await contextOf(tx, deadline)
  const plan = planMoments({ ...context, fired, now, plannedAt: watch?.wakeAt ?? null })
  if (plan.due) await fire(tx, { deadline, members, firing: plan.due, ...context, now })
  return { wakeAt: earlierOf(plan.nextWake, endOfPause(deadline)), done: false }
}

/** A pause ends by itself, whatever reminders its rule has. */
function endOfPause({ stage, dueAt }: DeadlineRow): Instant | null {
  return stage === 'pause' ? dueAt : null
}
