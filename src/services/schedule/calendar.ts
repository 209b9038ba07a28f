import { chineseCalendarData } from '../../domain/time/calendar-data.ts'
import { type Calendar, type DayOverride, makeCalendar } from '../../domain/time/calendar.ts'
import { insertRows } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import { calendarOverrides } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'

const OVERRIDE = columns(calendarOverrides, 'o', ['day', 'working', 'name', 'source'])

let last: { key: string; calendar: Calendar } | undefined

export function overrides(sql: Sql): Promise<DayOverride[]> {
  return selectRows(sql, OVERRIDE, 'from calendar_overrides o order by day')
}

/** Writes the days of a notice; of a day that was written before, the later word holds. */
export async function addOverrides(tx: Sql, days: readonly DayOverride[]): Promise<void> {
  const last = [...new Map(days.map((day) => [day.day, day])).values()]
  await insertRows(tx, calendarOverrides, last, {
    onConflict: `(day) do update set working = excluded.working, name = excluded.name, source = excluded.source`,
  })
}

/** The calendar in force. It is rebuilt only when an override changed, since every firing asks for it. */
export async function readCalendar(sql: Sql): Promise<Calendar> {
  const changes = await overrides(sql)
  const key = JSON.stringify(changes)
  if (last?.key !== key) last = { key, calendar: makeCalendar(chineseCalendarData, changes) }
  return last.calendar
}
