import { type ClockCode, TO_BE_DONE_TODAY } from '../../../src/domain/obligation/clock-status.ts'

/** What of an obligation its clock is read from; the API's fields. */
export type Clocked = {
  clock: { code: ClockCode; shape: string; words: string }
  overdueWorkingDays: number
  remainingWorkingDays: number
  everLate: boolean
}

export type Look = 'calm' | 'soon' | 'late' | 'done'

const LOOKS: Record<ClockCode, Look> = {
  'not-due': 'calm',
  'due-soon': 'soon',
  'due-today': 'soon',
  overdue: 'late',
  'review-late': 'soon',
  done: 'done',
  'done-late': 'soon',
  suspended: 'soon',
  cancelled: 'calm',
}

/** What says more than that no working day is left, or begun: on days off. */
const WITHOUT_DAYS: Partial<Record<ClockCode, 'overdue-short' | 'due-on-day-off'>> = {
  overdue: 'overdue-short',
  'due-soon': 'due-on-day-off',
}

/** Shape, colour, its word and the number in it: days late of what is late, days left of everything else. */
export function clockOf({ clock, overdueWorkingDays, remainingWorkingDays, everLate }: Clocked) {
  const days = clock.code === 'overdue' ? overdueWorkingDays : remainingWorkingDays
  // What was late stays told while somebody else has the turn.
  const wasLate = everLate && clock.code !== 'overdue' && clock.code !== 'done-late'
  const onDayOff = clock.words === TO_BE_DONE_TODAY ? 'to-be-done-today' : undefined
  const word = onDayOff ?? (days === 0 ? WITHOUT_DAYS[clock.code] : undefined) ?? clock.code
  return { ...clock, word, look: LOOKS[clock.code], days, wasLate }
}
