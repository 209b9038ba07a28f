import { rows, type Sql } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import type { assignments } from '../../db/schema/index.ts'
import { reopenAssignments } from './ended-assignments.ts'

/**
 * Obligations that live again as they were: a request that lapsed as they were cancelled waits for its answer again, and whoever was to
 * give it has the assignment again. Left lapsed it would count as granted for good.
 */
export async function askAgain(tx: Sql, ids: readonly string[]): Promise<void> {
  const asking = await rows<RowOf<typeof assignments, 'id' | 'person'>>(
    tx,
    `with lapsed as (
       select distinct on (x.obligation) x.id, x.obligation, x.state, x.answered_at as at
         from extensions x join obligations o on o.id = x.obligation
        where o.id = any($1) and o.state in ('open', 'returned') order by x.obligation, x.asked_at desc, x.id desc),
     again as (
       update extensions x set state = 'pending', answered_by = null, answered_at = null from lapsed l
        where x.id = l.id and l.state = 'lapsed' and l.at = (
          select e.at from events e where e.obligation = l.obligation and e.action = 'cancel' order by e.id desc limit 1)
       returning x.obligation, l.at)
     select distinct on (a.obligation) a.id, (select p.id from people p where p.id = a.person and p.active) as person
       from again join assignments a on a.obligation = again.obligation and a.stage = 'extension' and a.ended_at = again.at
      order by a.obligation, a.id desc`,
    [ids],
  )
  if (asking.length > 0) await reopenAssignments(tx, asking)
}
