import type { Calendar } from './calendar.ts'
import type { Day } from './days.ts'
import { dueOnFixedDay, type Limit, limitOn } from './limits.ts'

/** The clock stops at 24:00 of `from` and runs again from 24:00 of `until`. */
export type Pause = { from: Day; until: Day }

/** Everything a due day rests on. A limit of working days counts from the day after `start`. */
export type DueParts = {
  start: Day
  limit: { workingDays: number } | { dueOn: Day }
  pauses: readonly Pause[]
  /** The working days of each extension. */
  extensions: readonly number[]
}

/**
 * The due day from its parts, whatever came first: the limit, moved by every working day on which the clock stood still and by every
 * working day that was granted. Whoever was late before a pause is as late after it.
 */
export function movedLimit(parts: DueParts, calendar: Calendar): Limit {
  const { start, limit, extensions } = parts
  const more = pausedDays(parts.pauses, calendar) + extensions.reduce((sum, days) => sum + days, 0)
  if ('dueOn' in limit)
    return more === 0 ? dueOnFixedDay(limit.dueOn) : limitOn(calendar.add(limit.dueOn, more), calendar)
  const due = limitOn(calendar.add(start, limit.workingDays + more), calendar)
  return calendar.covers(start) ? due : { ...due, provisional: true }
}

/** The same parts with as many working days more as it takes to fall due no earlier than a day. */
export function notBefore(parts: DueParts, day: Day, calendar: Calendar): DueParts {
  const { limit } = parts
  if (movedLimit(parts, calendar).dueOn >= day) return parts
  if ('dueOn' in limit) return { ...parts, limit: { dueOn: calendar.next(limit.dueOn) } }
  return notBefore({ ...parts, limit: { workingDays: limit.workingDays + 1 } }, day, calendar)
}

/** Working days on which the clock stood still; a day in two pauses counts once. */
export function pausedDays(pauses: readonly Pause[], calendar: Calendar): number {
  return apart(pauses).reduce((sum, { from, until }) => sum + calendar.between(from, until), 0)
}

export function isPaused(day: Day, pauses: readonly Pause[]): boolean {
  return pauses.some(({ from, until }) => from < day && day <= until)
}

/**
 * How long the clock stood still since a request was answered after the day it would have been due without it: until the answer's own
 * day, or the working day after it, and no longer than was asked for. Null where the answer came in time.
 */
export function waitedFor(
  { due, asked, answeredOn }: { due: Day; asked: Day; answeredOn: Day },
  calendar: Calendar,
): Pause | null {
  const until = calendar.isWorking(answeredOn) ? answeredOn : calendar.next(answeredOn)
  return answeredOn <= due || asked <= due ? null : { from: due, until: until < asked ? until : asked }
}

/** The same days without overlaps. */
function apart(pauses: readonly Pause[]): Pause[] {
  const merged: Pause[] = []
  for (const pause of [...pauses].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged[merged.length - 1]
    if (last && pause.from <= last.until) last.until = pause.until > last.until ? pause.until : last.until
    else merged.push({ ...pause })
  }
  return merged
}
