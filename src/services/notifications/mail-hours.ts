import { isOpen } from '../../domain/time/office-hours.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { type County, counties } from '../people/offices.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { type Hours, isMailLeaving } from './outbox.ts'

/** A round that begins just before the office closes still leaves: so long after it was composed (business time). */
const FRESH_MS = 60 * 60_000

/** What may leave the county now: retries, urgent ones too, in its office hours only. */
export async function mailHours(sql: Sql, { hours }: Pick<County, 'hours'>, now: Instant): Promise<Hours> {
  return { open: isOpen(now, hours, await readCalendar(sql)), freshSince: now - FRESH_MS }
}

/** Whether a mail is being sent, or may leave by this instant of wall time; null: whenever. */
export async function mailsMayLeave(sql: Sql, now: Instant, byWall: number | null): Promise<boolean> {
  for (const county of await counties(sql))
    if (await isMailLeaving(sql, county.office, await mailHours(sql, county, now), byWall)) return true
  return false
}
