import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { CalendarData } from './calendar.ts'
import { statutoryDays } from './statutory-days.ts'

const LAST_YEAR = 2099
const lastPublished = Math.max(...Object.keys(data.holidays).map((day) => Number(day.slice(0, 4))))
const yearsAhead = Array.from({ length: LAST_YEAR - lastPublished }, (_, i) => lastPublished + 1 + i)

/**
 * The State Council's holidays and make-up days, as the package ships them, and for later years the days that are
 * free by law. Overrides in the database win.
 */
export const chineseCalendarData: CalendarData = {
  holidays: data.holidays,
  workdays: data.workdays,
  statutory: Object.assign({}, ...yearsAhead.map(statutoryDays)),
}
