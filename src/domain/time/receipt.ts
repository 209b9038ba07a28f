import type { Calendar, DayInfo, DayReason } from './calendar.ts'
import { addDays, type Day, isDay } from './days.ts'
import { type DueParts, isPaused, movedLimit } from './moved-limit.ts'
import { dueFromWorkingDays, dueOnFixedDay, type Limit, limitOn, MAX_WORKING_DAYS } from './limits.ts'

/** Why a due instant is what it is 时限说明. */
export type Receipt = Limit & {
  start: Day
  /** The number of the limit; for a day that was asked for, the working days that are left until it. */
  workingDays: number
  counted: Day[]
  skipped: { day: Day; reason: DayReason; name?: string }[]
  madeUp: { day: Day; name: string }[]
}

/** The receipt of a fixed day: a document names it, so nothing is counted. */
export function fixedReceipt(start: Day, dueOn: Day): Receipt {
  return { start, ...dueOnFixedDay(dueOn), workingDays: 0, counted: [], skipped: [], madeUp: [] }
}

/** The receipt of a day that pauses and extensions may have moved; `paused`: working days on which the clock stood still. */
export function movedReceipt(parts: DueParts, calendar: Calendar): Receipt & { paused: Day[] } {
  const limit = movedLimit(parts, calendar)
  const days = daysBetween(parts.start, limit.dueOn, calendar)
  const isStill = ({ day, working }: DayInfo) => working && isPaused(day, parts.pauses)
  const workingDays = 'workingDays' in parts.limit ? parts.limit.workingDays : 0
  const listed = listedDays(days.filter((day) => !isStill(day)))
  const paused = days.filter(isStill).map(({ day }) => day)
  return { start: parts.start, ...limit, workingDays, ...listed, paused }
}

/**
 * Lists the days one by one, for people who ask why. The list is empty when a fixed day had passed at the start.
 * @throws RangeError for a day that does not exist, and beyond 366 working days
 */
export function receipt(
  start: Day,
  of: { workingDays: number } | { dueOn: Day },
  calendar: Calendar,
): Receipt {
  for (const day of 'dueOn' in of ? [start, of.dueOn] : [start])
    if (!isDay(day)) throw new RangeError(`${day} is no day`)
  const limit =
    'dueOn' in of ? limitOn(of.dueOn, calendar) : dueFromWorkingDays(start, of.workingDays, calendar)
  const workingDays = calendar.between(start, limit.dueOn)
  if (workingDays > MAX_WORKING_DAYS) throw new RangeError(`${workingDays} working days are too many to list`)
  return { start, workingDays, ...limit, ...listedDays(daysBetween(start, limit.dueOn, calendar)) }
}

function daysBetween(start: Day, dueOn: Day, calendar: Calendar): DayInfo[] {
  const days: DayInfo[] = []
  for (let day = addDays(start, 1); day <= dueOn; day = addDays(day, 1)) days.push(calendar.dayInfo(day))
  return days
}

function listedDays(days: readonly DayInfo[]): Pick<Receipt, 'counted' | 'skipped' | 'madeUp'> {
  return {
    counted: days.filter((d) => d.working).map((d) => d.day),
    skipped: days
      .filter((d) => !d.working)
      .map(({ day, reason, name }) => ({ day, reason, ...(name && { name }) })),
    madeUp: days.filter((d) => d.reason === 'make-up').map((d) => ({ day: d.day, name: d.name ?? '' })),
  }
}
