import { isUnder } from '../people/permissions.ts'
import { type Calendar, type CalendarData, type DayOverride, makeCalendar } from './calendar.ts'

/** A day of an office over those of the State Council; `below`: of all offices below it too. */
export type OfficeDay = DayOverride & { office: string; below: boolean }

/** The calendar of each office. */
export type Calendars = {
  of(office: string): Calendar
  /** That of a county as a whole, by which its rounds go: days that its bureau alone has are not in it. */
  ofCounty(county: string): Calendar
  /** What the days of an office come from: two offices with the same key have the same calendar. */
  keyOf(office: string): string
}

/**
 * An office's calendar is its county's and its own days. Calendars are made as they are asked for; most offices share one. A year is
 * published for everybody below: an office's own day does not make it so.
 */
export function makeCalendars(
  data: CalendarData,
  overrides: readonly DayOverride[],
  officeDays: readonly OfficeDay[],
): Calendars {
  const widestFirst = [...officeDays].sort((a, b) => a.office.length - b.office.length)
  const byKey = new Map<string, Calendar>()
  const keys = new Map<string, string>()
  const publishedFor = (office: string) =>
    widestFirst.filter((day) => day.below && isUnder(office, day.office))
  const ownOf = (office: string) => widestFirst.filter((day) => !day.below && day.office === office)
  const calendarOf = (published: readonly OfficeDay[], own: readonly OfficeDay[]): Calendar => {
    const key = [...published, ...own].map(layerOf).join()
    const made = byKey.get(key) ?? makeCalendar(data, [...overrides, ...published], own)
    byKey.set(key, made)
    return made
  }
  const keyOf = (office: string): string => {
    const known = keys.get(office) ?? [...publishedFor(office), ...ownOf(office)].map(layerOf).join()
    keys.set(office, known)
    return known
  }
  return {
    keyOf,
    of: (office) => byKey.get(keyOf(office)) ?? calendarOf(publishedFor(office), ownOf(office)),
    ofCounty: (county) => calendarOf(publishedFor(county), []),
  }
}

function layerOf({ office, below, day }: OfficeDay): string {
  return `${office}${below ? '.' : ''}/${day}`
}
