import { type Day, endOfDay, type Instant } from '../time/days.ts'

export type PhaseState = 'planned' | 'open' | 'overdue' | 'closed'

/** Where a phase stands: past its day and not through its gate, it is overdue (R12–R15). */
export function phaseState(
  phase: { openedAt: Instant | null; closedAt: Instant | null; dueOn: Day },
  now: Instant,
): PhaseState {
  // First: a campaign closed before its time closes phases that never opened.
  if (phase.closedAt !== null) return 'closed'
  if (phase.openedAt === null) return 'planned'
  return now >= endOfDay(phase.dueOn) ? 'overdue' : 'open'
}
