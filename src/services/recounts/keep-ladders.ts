import { silenceBehind } from '../../domain/escalation/silence-behind.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { type DeadlineRow, deadlineById, firingsOf } from '../deadlines/store.ts'
import { contextOf } from '../deadlines/plan-context.ts'

/**
 * Work that is late by its new day goes on where it stands on the ladder: no rung is told again, and none is left out since its time lay
 * before the recount. The deadlines were joined in silence at this instant, and are locked.
 */
export async function keepLadders(tx: Sql, deadlines: readonly string[], now: Instant): Promise<void> {
  for (const id of deadlines) {
    const deadline = await deadlineById(tx, id)
    if (deadline) await keepLadder(tx, deadline, now)
  }
}

async function keepLadder(tx: Sql, deadline: DeadlineRow, now: Instant): Promise<void> {
  const { id, silentUntil } = deadline
  const ladder = await contextOf(tx, deadline)
  const places = (await toldSoFar(tx, id, now)).map((told) => silenceBehind(ladder, new Set(told), now))
  // Where some were told less than others, nothing is left out.
  const [first] = places.sort((a, b) => a.until - b.until)
  if (!first) return
  const { until, owed } = first
  const happened = (await firingsOf(tx, id)).some(({ moment }) => moment === owed)
  if (owed !== null && happened) await joinAloud(tx, id)
  else if (silentUntil !== null && owed !== null) await beSilentUntil(tx, id, Math.min(silentUntil, until))
  // Nobody else is behind it: it was joined in silence just now.
  else if (silentUntil === now) await beSilentUntil(tx, id, until)
}

/**
 * What those who came by this recount were told of since they are late, by the deadlines that they left: alike ones once. A line that
 * still waits is dropped with the deadline that was left, and has told nobody. What was told before work ceased to be late is over.
 */
async function toldSoFar(tx: Sql, deadline: string, now: Instant): Promise<string[][]> {
  const found = await rows<{ told: string[] }>(
    tx,
    `with moved as (
       select distinct r.obligation, r.assignment from assignments a join recounts r on r.obligation = a.obligation and r.assignment = a.id
        where a.deadline = $1 and a.ended_at is null and r.at = $2)
     select distinct coalesce(t.told, '{}') as told from moved m left join lateral (
       select array_agg(distinct f.moment order by f.moment) as told
         from recounts r join firings f on f.deadline = r.deadline and f.fired_at <= r.at
        where r.obligation = m.obligation and r.assignment = m.assignment
          and not exists (select from notifications n where n.deadline = f.deadline and n.moment = f.moment and n.state <> 'mailed')
          and not exists (select from recounts later join deadlines d on d.id = later.deadline
                           where later.obligation = m.obligation and later.assignment = m.assignment and later.id >= r.id and d.due_at > later.at)) t on true`,
    [deadline, ts(now)],
  )
  return found.map(({ told }) => told)
}

/** What had fired for others is told to those who are told of whoever joins. */
async function joinAloud(tx: Sql, deadline: string): Promise<void> {
  await tx.query('update deadlines set joins = joins + 1 where id = $1', [deadline])
}

async function beSilentUntil(tx: Sql, deadline: string, until: Instant): Promise<void> {
  await tx.query('update deadlines set silent_until = $2, started_at = least(started_at, $2) where id = $1', [
    deadline,
    ts(until),
  ])
}
