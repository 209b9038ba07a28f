import { isOpen } from '../../domain/time/office-hours.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { type County, counties } from '../people/offices.ts'
import { readCountyCalendar, readCalendars } from '../schedule/calendar.ts'
import type { Hours } from './outbox.ts'

/** A round that begins just before the office closes still leaves: so long after it was composed (business time). */
const FRESH_MS = 60 * 60_000

/** What may leave the county now: retries, urgent ones too, in its office hours only. */
export async function mailHours(
  sql: Sql,
  { office, hours }: Pick<County, 'office' | 'hours'>,
  now: Instant,
): Promise<Hours> {
  return { open: isOpen(now, hours, await readCountyCalendar(sql, office)), freshSince: now - FRESH_MS }
}

/** The counties whose office is open, and since when a first attempt of the others may leave all the same. */
export type LeavingMail = { counties: string[]; freshSince: Instant }

export async function leavingMail(sql: Sql, now: Instant): Promise<LeavingMail> {
  const calendars = await readCalendars(sql)
  const open = (await counties(sql)).filter(({ office, hours }) =>
    isOpen(now, hours, calendars.ofCounty(office)),
  )
  return { counties: open.map(({ office }) => office), freshSince: now - FRESH_MS }
}
