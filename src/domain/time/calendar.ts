import { type Day, dayFromNumber, dayNumber } from './days.ts'

/**
 * By day: `English,中文,days`. `holidays` are free days; `workdays` are weekend days made up for (调休).
 * `statutory`, by name alone: free by law in years of which no notice is known yet.
 */
export type CalendarData = {
  holidays: Record<Day, string>
  workdays: Record<Day, string>
  statutory: Record<Day, string>
}
/** A correction of the packaged data. `source` cites the notice it comes from. */
export type DayOverride = { day: Day; working: boolean; name: string; source: string }
export type DayReason = 'weekday' | 'weekend' | 'holiday' | 'make-up' | 'override'
export type DayInfo = { day: Day; working: boolean; reason: DayReason; name?: string }

export type Calendar = {
  /** Days after it are Monday–Friday but for what is free by law, and a limit that rests on them is provisional. */
  coverage: { from: Day; to: Day }
  covers(day: Day): boolean
  isWorking(day: Day): boolean
  dayInfo(day: Day): DayInfo
  /** The first working day after a day; `previous` is the last one before it. */
  next(day: Day): Day
  previous(day: Day): Day
  /** The n-th working day after a day; before it for a negative n; the day itself for 0. */
  add(day: Day, n: number): Day
  /** Working days in (a, b]; 0 when b is not after a. */
  between(a: Day, b: Day): number
}

const FIRST = dayNumber('2000-01-01')
const LAST = dayNumber('2099-12-31')

/**
 * Numbers every working day of the century once; every question is then a look-up. Throws a RangeError for days
 * outside 2000–2099.
 * @param own days of one office, which go before the others and publish no year
 */
export function makeCalendar(
  data: CalendarData,
  overrides: readonly DayOverride[],
  own: readonly DayOverride[] = [],
): Calendar {
  const coverage = coverageOf(data, new Map(overrides.map((o) => [o.day, o])))
  const all = [...overrides, ...own]
  const changed = new Map(all.map((o) => [o.day, o]))
  const { working, upTo } = numberDays(data, all)
  const names: (Day | undefined)[] = []

  const ordinal = (n: number) => (n === FIRST - 1 ? 0 : upTo[indexOf(n)]!)
  const add = (day: Day, n: number): Day => {
    if (n === 0) return day
    const from = dayNumber(day)
    const at = n > 0 ? ordinal(from) + n - 1 : ordinal(from - 1) + n
    const found = working[at]
    if (found === undefined) throw new RangeError(`no ${n}th working day from ${day}`)
    return (names[at] ??= dayFromNumber(found))
  }
  return {
    coverage,
    covers: (day) => day >= coverage.from && day <= coverage.to,
    dayInfo: (day) => infoOf(day, data, changed),
    isWorking: (day) => ordinal(dayNumber(day)) > ordinal(dayNumber(day) - 1),
    next: (day) => add(day, 1),
    previous: (day) => add(day, -1),
    add,
    between: (a, b) => Math.max(ordinal(dayNumber(b)) - ordinal(dayNumber(a)), 0),
  }
}

/** `working[k]`: number of the k-th working day; `upTo[i]`: working days up to and including the i-th day. */
function numberDays(data: CalendarData, overrides: readonly DayOverride[]) {
  const special = new Map<number, boolean>()
  for (const day of Object.keys(data.statutory)) special.set(dayNumber(day), false)
  for (const day of Object.keys(data.holidays)) special.set(dayNumber(day), false)
  for (const day of Object.keys(data.workdays)) special.set(dayNumber(day), true)
  for (const { day, working } of overrides) special.set(dayNumber(day), working)
  const working: number[] = []
  const upTo = new Int32Array(LAST - FIRST + 1)
  for (let n = FIRST; n <= LAST; n++) {
    if (special.get(n) ?? isWeekday(n)) working.push(n)
    upTo[n - FIRST] = working.length
  }
  return { working, upTo }
}

/** Day 4 after 1970-01-01 was a Monday. */
function isWeekday(n: number): boolean {
  return (n - 4) % 7 < 5
}

function indexOf(n: number): number {
  if (!(n >= FIRST && n <= LAST)) throw new RangeError('the calendar knows the days of 2000–2099 only')
  return n - FIRST
}

/**
 * The whole years for which the calendar is published, since one notice publishes one year. A later year counts
 * as published when an override makes its National Day free. A single free day, or one typed with a wrong year,
 * must not make a provisional limit look final.
 */
function coverageOf(data: CalendarData, changed: ReadonlyMap<Day, DayOverride>): { from: Day; to: Day } {
  const years = [...Object.keys(data.holidays), ...Object.keys(data.workdays)].map((day) =>
    Number(day.slice(0, 4)),
  )
  const first = Math.min(...years, 9999)
  let last = Math.max(...years, 0)
  while (changed.get(`${last + 1}-10-01`)?.working === false) last += 1
  return { from: `${first}-01-01`, to: `${String(last).padStart(4, '0')}-12-31` }
}

function infoOf(day: Day, data: CalendarData, changed: ReadonlyMap<Day, DayOverride>): DayInfo {
  const override = changed.get(day)
  if (override) return { day, working: override.working, reason: 'override', name: override.name }
  const madeUp = data.workdays[day]
  if (madeUp) return { day, working: true, reason: 'make-up', name: nameOf(madeUp) }
  const holiday = data.holidays[day] ?? data.statutory[day]
  if (holiday) return { day, working: false, reason: 'holiday', name: nameOf(holiday) }
  const working = isWeekday(FIRST + indexOf(dayNumber(day)))
  return { day, working, reason: working ? 'weekday' : 'weekend' }
}

function nameOf(entry: string): string {
  return entry.split(',')[1] ?? entry
}
