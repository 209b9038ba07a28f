import type { Instant } from '../domain/days.ts'
import { nextRound } from '../domain/office-hours.ts'
import { readCalendar } from './calendar-store.ts'
import { addNotices } from './notice-store.ts'
import { county } from './office-store.ts'
import { poke } from './poke-store.ts'
import { rows, type Sql, ts } from './pool.ts'

const UNTOUCHED = `o.import_id = $1 and o.state = 'open' and o.acknowledged_at is null and o.version = 1`

/** External ids of what somebody has worked on since: an undo leaves it alone and names it. */
export async function touchedOf(tx: Sql, importId: string): Promise<string[]> {
  const touched = await rows<{ externalId: string }>(
    tx,
    `select o.external_id as "externalId" from obligations o where o.import_id = $1 and o.state <> 'cancelled' and not (${UNTOUCHED})
      order by 1`,
    [importId],
  )
  return touched.map((t) => t.externalId)
}

/** Cancels what nobody has touched and frees its keys, so that the file can come again. @returns their ids */
export async function cancelUntouched(
  tx: Sql,
  undo: { importId: string; actor: string },
  now: Instant,
): Promise<string[]> {
  const cancelled = await rows<{ id: string }>(
    tx,
    `with gone as (
       update obligations o set state = 'cancelled', closed_at = $2, key = null, version = version + 1
        where ${UNTOUCHED} returning o.id),
     ended as (update assignments a set ended_at = $2 from gone where a.obligation = gone.id and a.ended_at is null),
     told as (insert into events (obligation, at, actor, action, state, detail)
              select id, $2, $3, 'cancel', 'cancelled', '{"reason":"导入已撤销"}' from gone)
     select id from gone`,
    [undo.importId, ts(now), undo.actor],
  )
  return cancelled.map(({ id }) => id)
}

/** One line in the next digest of everybody who was told of something that is now withdrawn. */
export async function noticeCorrection(
  tx: Sql,
  undo: { county: string; importId: string },
  now: Instant,
): Promise<void> {
  const told = await rows<{ person: string; n: number }>(
    tx,
    `select n.person, count(distinct o.id) as n
       from obligations o join assignments a on a.obligation = o.id join notifications n on n.deadline = a.deadline
      where ${UNTOUCHED} and n.state = 'mailed' group by n.person`,
    [undo.importId],
  )
  const { hours } = await county(tx, undo.county)
  const roundAt = nextRound(now, hours, await readCalendar(tx))
  await addNotices(
    tx,
    told.map(({ person, n }) => ({
      county: undo.county,
      cause: `undo/${undo.importId}`,
      kind: 'correction' as const,
      person,
      deadline: null,
      audience: null,
      detail: `此前提醒的 ${n} 件预警因导入撤销已不再需要办理。`,
      urgent: false,
      roundAt,
    })),
    now,
  )
  if (told.length > 0) await poke(tx, 'courier', [undo.county])
}
