import type { Calendar } from '../time/calendar.ts'
import type { Day, Instant } from '../time/days.ts'
import { type DueStatus, isOver, dueStatusOf } from './clock-status.ts'
import type { Stage } from './vocabulary.ts'

/**
 * Two clocks run over an obligation: that of whoever performs (承办, 重办) and that of whoever reviews (复核). Only the
 * performer's makes it overdue or late: a late review never counts against the town. The same in SQL: src/services/obligations/turn-clocks.ts.
 */
export type TurnSpan = { stage: Stage; dueAt: Instant; endedAt: Instant | null }

export const PERFORMING_STAGES = ['perform', 'redo'] as const satisfies readonly Stage[]

export function isPerforming(stage: Stage | null): boolean {
  return PERFORMING_STAGES.some((performing) => performing === stage)
}

/** A redo may be late before the day first set is over: the open turn's own due instant decides. */
export function isOverdue(turn: TurnSpan, now: Instant): boolean {
  return turn.endedAt === null && isPerforming(turn.stage) && isOver(turn, now)
}

/** Was any turn of the performer late, ended or not? What was late once stays so (迟办). */
export function wasEverLate(turns: readonly TurnSpan[], now: Instant): boolean {
  return turns.some((turn) => isPerforming(turn.stage) && isOver(turn, turn.endedAt ?? now))
}

/** What is said of an obligation whose open turn this is: days left to whoever holds it, days late to the performer alone. */
export function dueStatusOfAssignment(
  stage: Stage | null,
  due: { dueOn: Day; dueAt: Instant },
  calendar: Calendar,
  now: Instant,
): DueStatus {
  const standing = dueStatusOf(due, calendar, now)
  const performing = isPerforming(stage)
  return {
    remainingWorkingDays: stage === null ? 0 : standing.remainingWorkingDays,
    overdue: performing && standing.overdue,
    overdueWorkingDays: performing ? standing.overdueWorkingDays : 0,
  }
}
