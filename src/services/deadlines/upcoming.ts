import type { Moment } from '../../domain/escalation/moment-schedule.ts'
import { planMoments } from '../../domain/escalation/moments.ts'
import { type Recipient, resolve } from '../../domain/escalation/recipients.ts'
import type { Instant } from '../../domain/time/days.ts'
import { directoryAround } from '../people/directory.ts'
import type { Sql } from '../../db/pool.ts'
import { contextOf } from './plan-context.ts'
import { deadlineById, firingsOf, openMembers } from './store.ts'

export type UpcomingMoment = Moment & { recipients: Recipient[] }

/** What comes next behind a deadline, and who would be told if it were today. */
export async function upcomingOf(sql: Sql, id: string, now: Instant): Promise<UpcomingMoment[]> {
  const deadline = await deadlineById(sql, id)
  if (!deadline) return []
  const context = await contextOf(sql, deadline)
  const { upcoming } = planMoments({ ...context, fired: await firingsOf(sql, id), now })
  const directory = await directoryAround(sql, deadline.office)
  const { person } = await openMembers(sql, id)
  const held = { office: deadline.office, person }
  return upcoming.map((moment) => ({
    ...moment,
    recipients: resolve(moment.audiences, context.rule, held, directory, now).recipients,
  }))
}
