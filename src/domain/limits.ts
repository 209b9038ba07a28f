import type { Calendar, DayInfo } from './calendar.ts'
import { addDays, type Day, endOfDay, type Instant } from './days.ts'

/** A due day and the instant it ends: 24:00 Beijing time. `provisional`: rests on days beyond the published calendar. */
export type Limit = { dueOn: Day; dueAt: Instant; provisional: boolean }

/** Why a due instant is what it is 时限说明. */
export type Receipt = Limit & {
  start: Day
  counted: Day[]
  skipped: { day: Day; reason: DayInfo['reason']; name?: string }[]
  madeUp: { day: Day; name: string }[]
}

export const MAX_WORKING_DAYS = 366

/** Ends at 24:00 of the n-th working day after the start; the start never counts. @throws RangeError unless n is 1–366 */
export function dueFromWorkingDays(start: Day, n: number, calendar: Calendar): Limit {
  if (!Number.isInteger(n) || n < 1 || n > MAX_WORKING_DAYS)
    throw new RangeError(`${n} is no number of working days`)
  return limitOn(calendar.add(start, n), calendar)
}

/** Fixed dates include the named day, working or not (REQUIREMENTS: “前” includes it). */
export function dueOnFixedDay(_start: Day, dueOn: Day, calendar: Calendar): Limit {
  return limitOn(dueOn, calendar)
}

/** The days one by one, for people who ask why. */
export function receipt(
  start: Day,
  of: { workingDays: number } | { dueOn: Day },
  calendar: Calendar,
): Receipt {
  const limit =
    'dueOn' in of ? limitOn(of.dueOn, calendar) : dueFromWorkingDays(start, of.workingDays, calendar)
  const days: DayInfo[] = []
  for (let day = addDays(start, 1); day <= limit.dueOn; day = addDays(day, 1))
    days.push(calendar.dayInfo(day))
  return {
    start,
    ...limit,
    counted: days.filter((d) => d.working).map((d) => d.day),
    skipped: days
      .filter((d) => !d.working)
      .map(({ day, reason, name }) => ({ day, reason, ...(name && { name }) })),
    madeUp: days.filter((d) => d.reason === 'make-up').map((d) => ({ day: d.day, name: d.name ?? '' })),
  }
}

function limitOn(dueOn: Day, calendar: Calendar): Limit {
  return { dueOn, dueAt: endOfDay(dueOn), provisional: !calendar.covers(dueOn) }
}
