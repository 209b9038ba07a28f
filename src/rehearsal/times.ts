import { dayOf, type Day, type Instant, instantAt } from '../domain/time/days.ts'
import type { SimpleCalendar } from './simple-calendar.ts'

const QUARTER_MS = 15 * 60_000
/** Nobody acts in the half hour before a round, since what is decided then must not change. */
const QUIET = [
  { from: '08:00', to: '08:30', instead: '08:45' },
  { from: '14:00', to: '14:30', instead: '14:45' },
]
/** When officers report: at few times, so that many act at once and the year has fewer steps. */
const SITTINGS = ['10:45', '16:45']

/** The next quarter of an hour, away from the rounds. */
export function quarterFor(instant: Instant): Instant {
  const quarter = Math.ceil(instant / QUARTER_MS) * QUARTER_MS
  const day = dayOf(quarter)
  const quiet = QUIET.find(({ from, to }) => instantAt(day, from) <= quarter && quarter <= instantAt(day, to))
  return quiet ? instantAt(day, quiet.instead) : quarter
}

export const SITTINGS_A_DAY = SITTINGS.length

export function sittingsOf(day: Day): Instant[] {
  return SITTINGS.map((time) => instantAt(day, time))
}

/** The first reporting time of a working day after an instant. */
export function sittingAfter(instant: Instant, calendar: SimpleCalendar): Instant {
  for (let day = dayOf(instant); ; day = calendar.step(day, 1)) {
    if (!calendar.isWorking(day)) continue
    const found = sittingsOf(day).find((at) => at > instant)
    if (found !== undefined) return found
  }
}
