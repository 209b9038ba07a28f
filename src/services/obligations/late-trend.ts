import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import type { OfCounty } from './office-counts.ts'
import { PERFORMING } from './turn-clocks.ts'

/** By office, how many obligations were late with their performer at each of the instants, in their order. */
export async function lateAt(
  sql: Sql,
  { county, offices }: OfCounty,
  instants: readonly Instant[],
): Promise<Map<string, number[]>> {
  const found = await rows<{ office: string; nth: number; late: number }>(
    sql,
    `select o.office, w.nth::int as nth, count(*)::int as late
       from assignments a join obligations o on o.id = a.obligation
       join unnest($2::timestamptz[]) with ordinality w (at, nth)
         on a.due_at <= w.at and a.started_at <= w.at and (a.ended_at is null or a.ended_at > w.at)
      where o.county = $1 and o.office = any($5) and a.stage in (${PERFORMING})
        and a.due_at <= $3 and (a.ended_at is null or a.ended_at > $4)
      group by o.office, w.nth`,
    [county, instants.map((at) => ts(at)), ts(Math.max(...instants)), ts(Math.min(...instants)), offices],
  )
  const trends = new Map<string, number[]>()
  for (const { office, nth, late } of found) {
    const trend = trends.get(office) ?? instants.map(() => 0)
    trend[nth - 1] = late
    trends.set(office, trend)
  }
  return trends
}
