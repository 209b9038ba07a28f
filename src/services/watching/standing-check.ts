import type { Instant } from '../../domain/time/days.ts'
import type { WatchKind } from './pokes.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'

export type Gap = { kind: WatchKind; subject: string; reason: 'unwatched' | 'overslept' | 'unanswered' }

/**
 * Finds everything open that has no watch, or whose watch is silent. Whatever a poke already waits for is no
 * gap. @param overdueBefore business time; null leaves oversleeping out (stepped clock) @param unansweredBefore
 * wall time
 */
export function findGaps(
  sql: Sql,
  limits: { overdueBefore: Instant | null; unansweredBefore: number },
): Promise<Gap[]> {
  return rows(
    sql,
    `with needed (kind, subject) as (
       select 'deadline', deadline from assignments where ended_at is null group by deadline
       union all select 'timeline', id from campaigns where state = 'open'
       union all select 'courier', office from counties
       union all select 'import', id from imports where state in ('validating','applying','undoing')
       -- A request answers a short one itself: what is left of it after a while was left by a process that ended.
       union all select 'bulk', id from bulk_runs
         where state in ('running','undoing') and greatest(asked_wall, undo_asked_wall) < $2),
     gaps as (
       select n.kind, n.subject, 'unwatched' as reason from needed n left join watches w using (kind, subject)
        where w.subject is null or (w.done and w.relayed <= w.answered)
       union all
       select kind, subject, 'overslept' from watches where not done and wake_at < $1
       union all
       select kind, subject, 'unanswered' from watches where relayed > answered and relayed_wall < $2)
     select kind, subject, min(reason) as reason from gaps g
      where not exists (select 1 from pokes p where p.kind = g.kind and p.subject = g.subject)
      group by kind, subject`,
    [limits.overdueBefore === null ? null : ts(limits.overdueBefore), ts(limits.unansweredBefore)],
  )
}

/** Pokes every watch that is not done, after Temporal's state was lost or changed. @returns how many */
export async function pokeAllWatches(tx: Sql): Promise<number> {
  const result = await tx.query(
    'insert into pokes (kind, subject) select kind, subject from watches where not done or relayed > answered',
  )
  await tx.query('notify pokes')
  return result.rowCount ?? 0
}
