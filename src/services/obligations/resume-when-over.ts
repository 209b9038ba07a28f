import type { Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { events, obligations } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { lockActedOn } from './acted-on.ts'
import { recordDecision } from './postpone.ts'
import { openPauseOf, postponementsOf } from './postponements.ts'
import { resume } from './suspend.ts'

/** Stands in the history as who resumed it; its word is in the catalogues of the app (actor). */
const BY_ITSELF = { id: 'pause-end' }
/** So many are resumed in one transaction: thousands in one would outlast the time that a tick has. */
const AT_ONCE = 50

/**
 * Pauses behind a deadline that have reached their end are resumed, each once. Obligations are locked before the deadline is, as an
 * action does it.
 * @returns whether some are left for the next tick
 */
export async function resumeWhenOver(tx: Sql, deadline: string, now: Instant): Promise<boolean> {
  const over = await rows<{ id: string }>(
    tx,
    `select a.obligation as id from assignments a
      where a.deadline = $1 and a.stage = 'pause' and a.due_at <= $2 and a.ended_at is null order by 1 limit $3`,
    [deadline, ts(now), AT_ONCE],
  )
  const ids = over.map(({ id }) => id)
  if (ids.length === 0) return false
  // In one order, as everybody locks many.
  await tx.query('select from obligations where id = any($1) order by id for update', [ids])
  let resumed = 0
  for (const id of ids) if (await resumeOne(tx, id, now)) resumed += 1
  return ids.length === AT_ONCE && resumed > 0
}

/** Decided by the row as it is once it is locked. */
async function resumeOne(tx: Sql, id: string, now: Instant): Promise<boolean> {
  const o = await lockActedOn(tx, id)
  const pause = openPauseOf(await postponementsOf(tx, id))
  if (!o || !pause || o.stage !== 'pause' || o.holderDueAt === null || o.holderDueAt > now) return false
  const { state } = pause
  const limit = await resume(tx, o, { actor: BY_ITSELF, now })
  await updateRows(tx, obligations, ['id'], [{ id, state, version: o.version + 1 }])
  const detail = { until: pause.untilOn }
  await insertRow(tx, events, {
    ...{ obligation: id, at: now, actor: BY_ITSELF.id, action: 'resume', state, detail },
  })
  await recordDecision(tx, o, 'resume', limit, { now })
  return true
}
