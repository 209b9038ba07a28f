import { spreadOf } from '../../domain/escalation/moment-schedule.ts'
import { ruleByCode } from '../../domain/escalation/policy.ts'
import { readCalendar, readCountyCalendar } from '../schedule/calendar.ts'
import type { DeadlineRow } from './store.ts'
import { county } from '../people/offices.ts'
import { policyById } from '../schedule/policies.ts'
import type { Sql } from '../../db/pool.ts'

/** Everything a plan rests on besides what has fired and what time it is. */
export async function contextOf(sql: Sql, deadline: DeadlineRow) {
  const [policy, calendar, countyCalendar, home] = await Promise.all([
    policyById(sql, deadline.policy),
    readCalendar(sql, deadline.office),
    readCountyCalendar(sql, deadline.county),
    county(sql, deadline.county),
  ])
  const { dueOn, dueAt, officeKind, startedAt, joins, silentUntil } = deadline
  const rule = ruleByCode(policy, deadline.rule)
  return {
    dueOn,
    dueAt,
    officeKind,
    startedAt,
    joins,
    silentUntil,
    rule,
    calendar,
    countyCalendar,
    hours: home.hours,
    spreadMs: spreadOf(deadline.id),
  }
}
