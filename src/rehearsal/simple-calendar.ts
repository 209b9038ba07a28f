import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { addDays, type Day, type Instant, dayOf, instantAt, weekday } from '../domain/time/days.ts'

/**
 * Working days for the expectation, counted one by one. It reads the same published holidays as the product but
 * shares no code, so that an error in the product's calendar is noticed.
 */
export type SimpleCalendar = {
  isWorking(day: Day): boolean
  /** Whether the notice of that year is known; a day beyond may still move. */
  isPublished(day: Day): boolean
  /** The n-th working day after `day`; a negative n counts backwards. */
  step(day: Day, n: number): Day
  /** The day itself if it is a working day, else the working day before. */
  atOrBefore(day: Day): Day
  /** As it was known at an instant: what was counted then was counted by the days of then. */
  asOf(at: Instant): SimpleCalendar
  /** The instants at which somebody changed days, in order. */
  readonly changedAt: readonly Instant[]
}

export type Published = { holidays: Record<Day, string>; workdays: Record<Day, string> }

export function simpleCalendar(published: Published = readPublished()): SimpleCalendar {
  const isWorking = (day: Day) => {
    if (day in published.holidays) return false
    if (day in published.workdays) return true
    return weekday(day) !== 0 && weekday(day) !== 6
  }
  const step = (day: Day, n: number) => {
    const direction = n < 0 ? -1 : 1
    let at = day
    for (let left = Math.abs(n); left > 0;) {
      at = addDays(at, direction)
      if (isWorking(at)) left -= 1
    }
    return at
  }
  const years = new Set(Object.keys(published.holidays).map((day) => day.slice(0, 4)))
  const isPublished = (day: Day) => years.has(day.slice(0, 4))
  const atOrBefore = (day: Day) => (isWorking(day) ? day : step(day, -1))
  const simple: SimpleCalendar = {
    isWorking,
    isPublished,
    step,
    atOrBefore,
    asOf: () => simple,
    changedAt: [],
  }
  return simple
}

export function readPublished(): Published {
  const path = createRequire(import.meta.url).resolve('chinese-days')
  return JSON.parse(readFileSync(path.replace(/[^/\\]+$/, 'chinese-days.json'), 'utf8')) as Published
}

/** Office hours as in the example policy; rounds leave when the office opens. */
const MORNING = { opens: '08:30', closes: '12:00' }
const AFTERNOON = { opens: '14:30', closes: '18:00' }

/** The first regular round at or after an instant. */
export function roundAtOrAfter(instant: Instant, calendar: SimpleCalendar): Instant {
  for (let day = dayOf(instant); ; day = addDays(day, 1))
    for (const { opens } of calendar.isWorking(day) ? [MORNING, AFTERNOON] : [])
      if (instantAt(day, opens) >= instant) return instantAt(day, opens)
}

/** A round that was promised goes with the first one after it where its day has become free meanwhile. */
export function keptRound(round: Instant, calendar: SimpleCalendar): Instant {
  const known = calendar.asOf(round)
  return known.isWorking(dayOf(round)) ? round : roundAtOrAfter(round, known)
}

/** The first round of a working day, at or after an instant, as it was promised then. */
export function morningAfter(at: Instant, calendar: SimpleCalendar): Instant {
  return keptRound(morningAtOrAfter(at, calendar.asOf(at)), calendar)
}

/** The first round of a working day, at or after an instant. */
export function morningAtOrAfter(instant: Instant, calendar: SimpleCalendar): Instant {
  for (let day = dayOf(instant); ; day = addDays(day, 1))
    if (calendar.isWorking(day) && openingOf(day) >= instant) return openingOf(day)
}

/** The instant itself within office hours, else the next opening. */
export function openAtOrAfter(instant: Instant, calendar: SimpleCalendar): Instant {
  const day = dayOf(instant)
  const open = [MORNING, AFTERNOON].some(
    ({ opens, closes }) => instantAt(day, opens) <= instant && instant < instantAt(day, closes),
  )
  return open && calendar.isWorking(day) ? instant : roundAtOrAfter(instant, calendar)
}

export function openingOf(day: Day): Instant {
  return instantAt(day, MORNING.opens)
}

export function afternoonOf(day: Day): Instant {
  return instantAt(day, AFTERNOON.opens)
}
