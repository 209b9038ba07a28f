import { addDays, type Day, dayFromNumber, dayNumber, weekday } from './days.ts'

/** By day: `English,中文,days`. `holidays` are off, `workdays` are weekend days made up for 调休. */
export type CalendarData = { holidays: Record<Day, string>; workdays: Record<Day, string> }
/** A change of the packaged data; `source` cites the notice it comes from. */
export type DayOverride = { day: Day; working: boolean; name: string; source: string }
export type DayReason = 'weekday' | 'weekend' | 'holiday' | 'make-up' | 'override'
export type DayInfo = { day: Day; working: boolean; reason: DayReason; name?: string }

export type Calendar = {
  /** Days outside are taken as Monday–Friday, and what rests on them is provisional. */
  coverage: { from: Day; to: Day }
  covers(day: Day): boolean
  isWorking(day: Day): boolean
  dayInfo(day: Day): DayInfo
  /** The first working day after a day; the last one before it. */
  next(day: Day): Day
  previous(day: Day): Day
  /** The n-th working day after a day; before it for a negative n; the day itself for 0. */
  add(day: Day, n: number): Day
  /** Working days in (a, b]; 0 when b is not after a. */
  between(a: Day, b: Day): number
}

const FIRST = dayNumber('2000-01-01')
const LAST = dayNumber('2099-12-31')

/** Every working day of the century is numbered once; all questions are look-ups after that. */
export function makeCalendar(data: CalendarData, overrides: readonly DayOverride[]): Calendar {
  const changed = new Map(overrides.map((o) => [o.day, o]))
  const coverage = coverageOf(data, overrides)
  const covers = (day: Day) => day >= coverage.from && day <= coverage.to
  const dayInfo = (day: Day) => infoOf(day, data, changed, covers(day))
  const { working, upTo } = numberDays(dayInfo)

  const ordinal = (day: Day) => upTo[indexOf(day)]!
  const add = (day: Day, n: number): Day => {
    if (n === 0) return day
    const at = n > 0 ? ordinal(day) + n - 1 : ordinal(addDays(day, -1)) + n
    const found = working[at]
    if (found === undefined) throw new RangeError(`no ${n}th working day from ${day}`)
    return dayFromNumber(found)
  }
  return {
    coverage,
    covers,
    dayInfo,
    isWorking: (day) => ordinal(day) > (upTo[indexOf(day) - 1] ?? 0),
    next: (day) => add(day, 1),
    previous: (day) => add(day, -1),
    add,
    between: (a, b) => Math.max(ordinal(b) - ordinal(a), 0),
  }
}

/** `working[k]`: number of the k-th working day; `upTo[i]`: working days up to and including the i-th day. */
function numberDays(dayInfo: (day: Day) => DayInfo) {
  const working: number[] = []
  const upTo = new Int32Array(LAST - FIRST + 1)
  for (let n = FIRST; n <= LAST; n++) {
    if (dayInfo(dayFromNumber(n)).working) working.push(n)
    upTo[n - FIRST] = working.length
  }
  return { working, upTo }
}

function indexOf(day: Day): number {
  const index = dayNumber(day) - FIRST
  if (!(index >= 1 && index <= LAST - FIRST)) throw new RangeError(`no calendar for ${day}`)
  return index
}

function coverageOf(data: CalendarData, overrides: readonly DayOverride[]): { from: Day; to: Day } {
  const days = [
    ...Object.keys(data.holidays),
    ...Object.keys(data.workdays),
    ...overrides.map((o) => o.day),
  ].sort()
  const first = days[0]?.slice(0, 4) ?? '2000'
  const last = days[days.length - 1]?.slice(0, 4) ?? '2000'
  return { from: `${first}-01-01`, to: `${last}-12-31` }
}

function infoOf(day: Day, data: CalendarData, changed: Map<Day, DayOverride>, covered: boolean): DayInfo {
  const override = changed.get(day)
  if (override) return { day, working: override.working, reason: 'override', name: override.name }
  const madeUp = covered ? data.workdays[day] : undefined
  if (madeUp) return { day, working: true, reason: 'make-up', name: nameOf(madeUp) }
  const holiday = covered ? data.holidays[day] : undefined
  if (holiday) return { day, working: false, reason: 'holiday', name: nameOf(holiday) }
  const weekend = weekday(day) === 0 || weekday(day) === 6
  return { day, working: !weekend, reason: weekend ? 'weekend' : 'weekday' }
}

function nameOf(entry: string): string {
  return entry.split(',')[1] ?? entry
}
