import { dayOf, type Instant } from '../../domain/time/days.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { missingYearWords } from '../../domain/time/missing-year.ts'
import type { Sql } from '../../db/pool.ts'
import { readMissingYear } from '../../services/schedule/missing-year.ts'
import type { Part } from '../../contract/part.ts'

/** The calendar as a part of the system: which years it covers, and what to do when the next one is missing. */
export async function calendarPart(sql: Sql, calendar: Calendar, now: Instant): Promise<Part> {
  const { from, to } = calendar.coverage
  const missing = await readMissingYear(sql, calendar, now)
  const detail = `${from} 至 ${to}${missing === null ? '' : `;${missingYearWords(missing, null, true)}`}`
  return {
    name: 'calendar',
    mode: 'embedded',
    state: calendar.covers(dayOf(now)) ? 'ready' : 'failed',
    detail,
    ...(missing !== null && { attention: true }),
  }
}
