import type { Calendar } from '../../domain/time/calendar.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { missingYear } from '../../domain/time/missing-year.ts'
import { row, type Sql } from '../../db/pool.ts'

/** The year whose notice somebody should enter now; null when nothing is missing yet. */
export async function readMissingYear(sql: Sql, calendar: Calendar, now: Instant): Promise<number | null> {
  const found = await row<{ day: Day | null }>(sql, 'select duban_last_due() as day')
  return missingYear(calendar, dayOf(now), found?.day ?? null)
}
