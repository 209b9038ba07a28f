import type { Calendar } from '../time/calendar.ts'
import { addDays, type Day } from '../time/days.ts'

/** How many obligations were registered and how many were closed on a day. */
export type DayChange = { day: Day; opened: number; closed: number }
export type BurnDown = {
  /** What was still open at the end of each working day, and on the days that changed it. */
  series: { day: Day; open: number }[]
  remaining: number
  workingDaysLeft: number
  /** How many each working day that is left must close; null where no working day is left. */
  neededPerDay: number | null
  /** How many each of the last working days closed. */
  actualPerDay: number
  /** When all are closed at that pace; null where nothing closes. */
  expectedOn: Day | null
  /** How many working days after the due day that is; 0 in time. */
  expectedLate: number | null
}

/** The pace is that of so many working days, today among them. */
export const PACE_WORKING_DAYS = 10
/** Farther than a year of working days nothing is foretold. */
const FARTHEST = 250

/** `isTodayLeft`: office hours of today are still to come, so that today is a day to close something on. */
export type Until = { today: Day; dueOn: Day; calendar: Calendar; isTodayLeft: boolean }

/** Where a campaign stands on its way to nothing left. @param changes by day, each day once */
export function burnDownOf(
  changes: readonly DayChange[],
  { today, dueOn, calendar, isTodayLeft }: Until,
): BurnDown {
  const series = seriesOf(changes, today, calendar)
  const remaining = series[series.length - 1]?.open ?? 0
  const daysAfter = dueOn > today ? calendar.between(today, dueOn) : 0
  const workingDaysLeft = daysAfter + (isTodayLeft && dueOn >= today ? 1 : 0)
  const actualPerDay = paceOf(changes, today, calendar)
  const expectedOn = expectedDay(remaining, actualPerDay, today, calendar)
  const isLate = expectedOn !== null && expectedOn > dueOn
  return {
    ...{ series, remaining, workingDaysLeft, actualPerDay, expectedOn },
    neededPerDay: workingDaysLeft === 0 ? null : remaining / workingDaysLeft,
    expectedLate: expectedOn === null ? null : isLate ? calendar.between(dueOn, expectedOn) : 0,
  }
}

function seriesOf(changes: readonly DayChange[], today: Day, calendar: Calendar): BurnDown['series'] {
  const byDay = new Map(changes.map((change) => [change.day, change]))
  const first = changes.reduce<Day>((day, change) => (change.day < day ? change.day : day), today)
  const series: BurnDown['series'] = []
  let open = 0
  for (let day = first; day <= today; day = addDays(day, 1)) {
    const change = byDay.get(day)
    open += (change?.opened ?? 0) - (change?.closed ?? 0)
    if (change || day === today || calendar.isWorking(day)) series.push({ day, open })
  }
  return series
}

/** A campaign that is younger is judged by the days it has had. */
function paceOf(changes: readonly DayChange[], today: Day, calendar: Calendar): number {
  const first = changes.reduce<Day>((day, change) => (change.day < day ? change.day : day), today)
  const days = Math.min(PACE_WORKING_DAYS, Math.max(1, calendar.between(addDays(first, -1), today)))
  const from = calendar.add(today, -days)
  const closed = changes.filter(({ day }) => day > from && day <= today)
  return closed.reduce((sum, change) => sum + change.closed, 0) / days
}

function expectedDay(remaining: number, pace: number, today: Day, calendar: Calendar): Day | null {
  if (remaining === 0) return today
  const days = pace === 0 ? Infinity : Math.ceil(remaining / pace)
  return days > FARTHEST ? null : calendar.add(today, days)
}

/**
 * When several together are all done: with the last of them; null while one of those that have something left closes nothing. What has
 * nothing left foretells nothing of the others.
 */
export function expectedOfAll(
  parts: readonly Pick<BurnDown, 'remaining' | 'expectedOn'>[],
  { today, dueOn, calendar }: Until,
): Pick<BurnDown, 'expectedOn' | 'expectedLate'> {
  const days = parts.filter(({ remaining }) => remaining > 0).map(({ expectedOn }) => expectedOn)
  if (days.includes(null)) return { expectedOn: null, expectedLate: null }
  const expectedOn = days.reduce<Day>((last, day) => (day !== null && day > last ? day : last), today)
  return { expectedOn, expectedLate: expectedOn > dueOn ? calendar.between(dueOn, expectedOn) : 0 }
}

/** The pace that is required, in tenths and rounded up: one that is left would else need 0.0 a day. @param perDay problems a working day */
export function neededInTenths(perDay: number): string {
  // What binary numbers add is no tenth.
  return (Math.ceil(perDay * 10 - 1e-9) / 10).toFixed(1)
}
