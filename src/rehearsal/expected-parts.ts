import { addDays, type Day } from '../domain/time/days.ts'
import type { SimpleCalendar } from './simple-calendar.ts'

/** Days on which the clock stood still: from 24:00 of one to 24:00 of the other. */
export type StoodStill = { from: Day; until: Day }

/** What the due day of a piece of work rests on. `limit` is null where a document names the day. */
export type DueParts = {
  startOn: Day
  limit: number | null
  fixedDueOn: Day | null
  still: StoodStill[]
  /** The working days of each extension; one without an answer counts as it was asked. */
  more: number[]
}

/** The due day, counted on one by one: the limit, each extension, and each working day on which the clock stood still. */
export function expectedDue(
  { startOn, limit, fixedDueOn, still, more }: DueParts,
  calendar: SimpleCalendar,
): Day {
  const extra = more.reduce((sum, days) => sum + days, 0) + stillDays(still, calendar).size
  if (limit !== null) return calendar.step(startOn, limit + extra)
  if (fixedDueOn === null) throw new Error('neither a limit nor a day')
  return extra === 0 ? fixedDueOn : calendar.step(fixedDueOn, extra)
}

/** Each working day once, however many pauses it lies in. */
function stillDays(still: readonly StoodStill[], calendar: SimpleCalendar): Set<Day> {
  const days = new Set<Day>()
  for (const { from, until } of still)
    for (let day = addDays(from, 1); day <= until; day = addDays(day, 1))
      if (calendar.isWorking(day)) days.add(day)
  return days
}

/**
 * Waited past the day that an answer leaves: until the day of the answer or the working day after it, never past what was asked for.
 * Null where the answer came in time.
 */
export function waitedPast(
  left: Day,
  asked: Day,
  answeredOn: Day,
  calendar: SimpleCalendar,
): StoodStill | null {
  if (answeredOn <= left || asked <= left) return null
  const until = calendar.isWorking(answeredOn) ? answeredOn : calendar.step(answeredOn, 1)
  return { from: left, until: until < asked ? until : asked }
}
