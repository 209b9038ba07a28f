import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { CalendarData } from './calendar.ts'

/** The State Council's holidays and make-up days, as packaged; overrides in the database go before it. */
export const chineseCalendarData: CalendarData = { holidays: data.holidays, workdays: data.workdays }
