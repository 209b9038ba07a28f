import type { Calendar } from '../../domain/time/calendar.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { missingYear } from '../../domain/time/missing-year.ts'
import { row, type Sql } from '../../db/pool.ts'

/** The year whose notice somebody should enter now; null when nothing is missing yet. */
export async function readMissingYear(sql: Sql, calendar: Calendar, now: Instant): Promise<number | null> {
  const found = await row<{ day: Day | null }>(sql, 'select duban_last_due() as day')
  return missingYear(calendar, dayOf(now), found?.day ?? null)
}

/** How many open obligations, of a county or of all that the reader sees, are due by a day that may still move. */
export async function countProvisional(sql: Sql, county: string | null): Promise<number> {
  const found = await row<{ n: number }>(
    sql,
    `select count(distinct o.id)::int as n from assignments a join obligations o on o.id = a.obligation
      where a.ended_at is null and a.provisional and ($1::text is null or o.county = $1)`,
    [county],
  )
  return found?.n ?? 0
}
