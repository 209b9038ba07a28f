import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { CalendarData } from './calendar.ts'

/** The State Council's holidays and make-up days, as the package ships them. Overrides in the database win. */
export const chineseCalendarData: CalendarData = { holidays: data.holidays, workdays: data.workdays }
