import type { Instant } from '../../domain/time/days.ts'
import { nextRound } from '../../domain/time/office-hours.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { addNotifications } from '../notifications/store.ts'
import { county } from '../people/offices.ts'
import { endAssignments } from '../obligations/assignments.ts'
import { poke } from '../watching/pokes.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'

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

/** What nobody has touched, by id; nobody touches it until the transaction ends. */
export async function lockUntouched(tx: Sql, importId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select o.id from obligations o where ${UNTOUCHED} order by o.id for update`,
    [importId],
  )
  return found.map(({ id }) => id)
}

/** Cancels them and frees their keys, so that the file can come again. */
export async function cancelUntouched(
  tx: Sql,
  undo: { obligations: readonly string[]; actor: string },
  now: Instant,
): Promise<void> {
  await endAssignments(tx, undo.obligations, now)
  await tx.query(
    `with gone as (
       update obligations o set state = 'cancelled', closed_at = $2, key = null, version = version + 1
        where o.id = any($1) returning o.id)
     insert into events (obligation, at, actor, action, state, detail)
     select id, $2, $3, 'cancel', 'cancelled', '{"reason":"导入已撤销"}' from gone`,
    [undo.obligations, ts(now), undo.actor],
  )
}

/**
 * Takes away who the households of withdrawn matters were: with the matter the purpose is gone that their data were taken for
 * (个人信息保护法 47). Where somebody has looked at one, it stays as long as the record of that does (retention.ts).
 * @returns of how many
 */
export async function eraseUnrevealed(tx: Sql, obligations: readonly string[]): Promise<number> {
  const { rowCount } = await tx.query(
    `with gone as (
       delete from subjects s where s.obligation = any($1)
          and not exists (select r.obligation from reveals r where r.obligation = s.obligation) returning s.obligation)
     update obligations o set content_hash = null from gone where o.id = gone.obligation`,
    [obligations],
  )
  return rowCount ?? 0
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
  await addNotifications(
    tx,
    told.map(({ person, n }) => ({
      county: undo.county,
      cause: `undo/${undo.importId}`,
      kind: 'correction' as const,
      person,
      deadline: null,
      moment: null,
      momentForm: null,
      undeliveredTo: null,
      audience: null,
      detail: `此前提醒的 ${n} 件预警因导入撤销已不再需要办理。`,
      urgent: false,
      roundAt,
    })),
    now,
  )
  if (told.length > 0) await poke(tx, 'courier', [undo.county])
}
