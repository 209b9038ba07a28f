import type { Policy } from '../../domain/escalation/policy.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { readCalendars } from '../schedule/calendar.ts'
import { applyRecount, holdOpenWork } from './apply.ts'
import { policiesInUse, type Preview, previewRecount } from './effect.ts'
import type { Recounting } from './recounting.ts'

/** What would move if all open work of a county were rebased on a policy. Nothing is written. @throws NoRule */
export async function previewRebase(
  sql: Sql,
  policy: Policy,
  { county, now }: { county: string; now: Instant },
): Promise<Preview> {
  return previewRecount(sql, { county, offices: null }, await byPolicy(sql, policy, county), now)
}

/**
 * All open work of a county goes on under a version of its policy, with the days and the ladder that it gives, in the caller's
 * transaction. Who gains or loses days is told once. @throws NoRule where the policy says nothing about some of it
 */
export async function rebase(
  tx: Sql,
  policy: Policy,
  order: { county: string; actor: string; now: Instant; why: string },
): Promise<Preview> {
  await holdOpenWork(tx, order.county)
  const by = await byPolicy(tx, policy, order.county)
  return applyRecount(tx, { county: order.county, offices: null }, by, { ...order, cause: 'policy' })
}

async function byPolicy(sql: Sql, policy: Policy, county: string): Promise<Recounting> {
  const policies = await policiesInUse(sql, { county, offices: null })
  return { calendars: await readCalendars(sql), rebase: policy, policies }
}
