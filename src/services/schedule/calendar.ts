import { chineseCalendarData } from '../../domain/time/calendar-data.ts'
import { type Calendar, type DayOverride, makeCalendar } from '../../domain/time/calendar.ts'
import { rows, type Sql } from '../../db/pool.ts'

let last: { key: string; calendar: Calendar } | undefined

export function overrides(sql: Sql): Promise<DayOverride[]> {
  return rows(sql, 'select day, working, name, source from calendar_overrides order by day')
}

/** The calendar in force. It is rebuilt only when an override changed, since every firing asks for it. */
export async function readCalendar(sql: Sql): Promise<Calendar> {
  const changes = await overrides(sql)
  const key = JSON.stringify(changes)
  if (last?.key !== key) last = { key, calendar: makeCalendar(chineseCalendarData, changes) }
  return last.calendar
}
