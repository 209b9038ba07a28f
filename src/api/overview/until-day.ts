import type { Until } from '../../domain/obligation/burn-down.ts'
import { dayOf, type Day, type Instant } from '../../domain/time/days.ts'
import { hasHoursLeft } from '../../domain/time/office-hours.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { campaignById } from '../../services/campaigns/store.ts'
import { county } from '../../services/people/offices.ts'
import type { Sql } from '../../db/pool.ts'

/** How far it is to the last day of a campaign: today counts until the office hours of its county end. */
export async function untilDay(
  sql: Sql,
  campaignId: string,
  { dueOn, calendar, now }: { dueOn: Day; calendar: Calendar; now: Instant },
): Promise<Until> {
  const campaign = await campaignById(sql, campaignId)
  const isTodayLeft =
    campaign !== undefined && hasHoursLeft(now, (await county(sql, campaign.county)).hours, calendar)
  return { today: dayOf(now), dueOn, calendar, isTodayLeft }
}
