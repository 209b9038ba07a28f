import type { DayChange } from '../../domain/obligation/burn-down.ts'
import { KINDS } from '../../kinds/kinds.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** What a campaign does not wait for. */
const OUTLIVING = KINDS.filter(({ outlivesCampaign }) => outlivesCampaign).map(({ code }) => code)
const dayIn = (column: string) => `(${column} at time zone 'Asia/Shanghai')::date`

/** Of a campaign, how many obligations of these offices were registered and accepted on each day. What was cancelled was never to be done. */
export function dayChangesOf(sql: Sql, campaign: string, offices: readonly string[]): Promise<DayChange[]> {
  const ours = `from obligations o where o.campaign = $1 and o.office = any($3) and o.state <> 'cancelled' and o.kind <> all($2)`
  return rows(
    sql,
    `select day, sum(opened)::int as opened, sum(closed)::int as closed from (
       select ${dayIn('o.created_at')} as day, count(*) as opened, 0 as closed ${ours} group by 1
       union all
       select ${dayIn('o.closed_at')}, 0, count(*) ${ours} and o.state = 'accepted' group by 1) d
     group by day order by day`,
    [campaign, OUTLIVING, offices],
  )
}
