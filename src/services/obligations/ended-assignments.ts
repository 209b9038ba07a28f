import { rows, type Sql } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import { assignments } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { poke } from '../watching/pokes.ts'
import { PERFORMING } from './turn-clocks.ts'

/**
 * Ended assignments of which it turns out that they should never have begun: they end before they were due, so that nobody was late
 * by them.
 */
export async function voidAssignments(tx: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const voided = await rows<{ obligation: string }>(
    tx,
    `update assignments set ended_at = least(started_at, due_at - interval '1 millisecond') where id = any($1) returning obligation`,
    [ids],
  )
  await countEndedLate(
    tx,
    voided.map((v) => v.obligation),
  )
}

/** Whether an assignment of each ended late, asked of the assignments anew. */
async function countEndedLate(tx: Sql, ids: readonly string[]): Promise<void> {
  await tx.query(
    `update obligations o set ended_late = exists (
       select from assignments a where a.obligation = o.id and a.stage in (${PERFORMING}) and a.due_at <= a.ended_at)
      where o.id = any($1)`,
    [ids],
  )
}

/**
 * Assignments that had ended go on as they were, with the due instant they had. Their deadlines are woken; nobody joins them, so
 * what they fired is not told again. The caller writes the holder.
 */
export async function reopenAssignments(
  tx: Sql,
  list: readonly RowOf<typeof assignments, 'id' | 'person'>[],
): Promise<void> {
  await updateRows(tx, assignments, ['id'], list, { endedAt: null })
  const reopened = await rows<{ obligation: string; deadline: string }>(
    tx,
    'select obligation, deadline from assignments where id = any($1)',
    [list.map(({ id }) => id)],
  )
  await countEndedLate(
    tx,
    reopened.map((a) => a.obligation),
  )
  await poke(tx, 'deadline', [...new Set(reopened.map((a) => a.deadline))])
}
