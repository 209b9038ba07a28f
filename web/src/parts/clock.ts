/** What of an obligation its clock is read from; the API's fields. `holder` is whoever has the turn. */
export type Clocked = {
  state: 'open' | 'submitted' | 'returned' | 'accepted' | 'suspended' | 'cancelled'
  overdue: boolean
  overdueWorkingDays: number
  remainingWorkingDays: number
  everLate: boolean
  holder: { dueAt: string } | null
}

type Word = 'today' | 'remaining' | 'overdue' | 'reviewLate' | 'done' | 'doneLate' | 'paused' | 'cancelled'
/** Shape and word, so that colour alone says nothing (UI.md). */
export type Clock = {
  shape: '○' | '◔' | '▲' | '✓' | '∥' | '–'
  look: 'calm' | 'soon' | 'late' | 'done'
  word: Word
  days: number
}

/** From so many working days on, the clock turns amber. */
const SOON_WORKING_DAYS = 3

/** @param now business time, milliseconds since 1970 */
export function clockOf(o: Clocked, now: number): Clock {
  const still = stillClock(o)
  if (still !== null) return { ...still, days: 0 }
  if (o.overdue) return { shape: '▲', look: 'late', word: 'overdue', days: o.overdueWorkingDays }
  // A late review is not the town's lateness.
  if (o.holder !== null && Date.parse(o.holder.dueAt) <= now)
    return { shape: '◔', look: 'soon', word: 'reviewLate', days: 0 }
  const days = o.remainingWorkingDays
  if (days === 0) return { shape: '◔', look: 'soon', word: 'today', days }
  if (days <= SOON_WORKING_DAYS) return { shape: '◔', look: 'soon', word: 'remaining', days }
  return { shape: '○', look: 'calm', word: 'remaining', days }
}

/** Of what no clock runs over any more; null while one does. */
function stillClock({ state, everLate }: Clocked): Omit<Clock, 'days'> | null {
  if (state === 'cancelled') return { shape: '–', look: 'calm', word: 'cancelled' }
  if (state === 'suspended') return { shape: '∥', look: 'soon', word: 'paused' }
  if (state !== 'accepted') return null
  return everLate
    ? { shape: '✓', look: 'soon', word: 'doneLate' }
    : { shape: '✓', look: 'done', word: 'done' }
}
