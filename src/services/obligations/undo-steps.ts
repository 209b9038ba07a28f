import type { ActionCode } from '../../domain/obligation/actions.ts'
import type { LastStep } from '../../domain/obligation/undo.ts'
import { UNDO_MINUTES } from '../../domain/obligation/undo-minutes.ts'
import type { Instant } from '../../domain/time/days.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import { undoSteps } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow } from '../../db/select-columns.ts'
import type { ActedOnRow } from './acted-on.ts'
import type { Snapshot } from './snapshot.ts'

const STEP = columns(undoSteps, 'u', ['id', 'action', 'actor', 'at', 'version', 'before'])
export type Step = RowsOf<typeof STEP>

/**
 * A run of many may go on for a day (BULK), and taking it back for another one: what was asked for within the minutes is found then. A
 * single step is refused long before.
 */
const KEPT_MS = 2 * 86_400_000 + 2 * UNDO_MINUTES * 60_000
/** So many that can no longer be taken back are removed with each that is added: the table stays short. */
const REMOVED_AT_ONCE = 20

/** Keeps how an obligation was before an action, for as long as it can be taken back. */
export async function keepStep(
  tx: Sql,
  { id, version }: Pick<ActedOnRow, 'id' | 'version'>,
  {
    action,
    actor,
    now,
    before,
  }: { action: ActionCode; actor: { id: string }; now: Instant; before: Snapshot },
): Promise<void> {
  const removed = tx.query(
    `delete from undo_steps where id in (
       select id from undo_steps where at < $1 order by at limit ${REMOVED_AT_ONCE} for update skip locked)`,
    [ts(now - KEPT_MS)],
  )
  const kept = tx.query(
    `insert into undo_steps (obligation, event, action, actor, at, version, before)
     select $1, max(e.id), $2, $3, $4, $5, $6 from events e where e.obligation = $1 and e.action = $2`,
    [id, action, actor.id, ts(now), version + 1, JSON.stringify(before)],
  )
  await Promise.all([removed, kept])
}

export function stepToUndo(sql: Sql, obligation: string): Promise<Step | undefined> {
  const last = 'from undo_steps u where obligation = $1 and undone_at is null order by id desc limit 1'
  return selectRow(sql, STEP, last, [obligation])
}

/** The last step as it decides whether it can be taken back; null where nobody did anything lately. */
export async function lastStepOf(
  sql: Sql,
  { id, version }: Pick<ActedOnRow, 'id' | 'version'>,
): Promise<LastStep | null> {
  const step = await stepToUndo(sql, id)
  if (!step) return null
  const { action, actor: by, at, before } = step
  const { state } = (before as Snapshot).obligation
  return { action, by, at, state, isFollowed: version !== step.version || (await isActedUpon(sql, id, at)) }
}

/** What began with an obligation, `$1`: followings, and problems it found. */
export const BEGAN_BY = `select b.id from obligations b where b.follows_from = $1
  union all select p.obligation from problems p where p.found_by = $1`

/** Whether somebody works on what the step began, or it ended what followed from the obligation. */
async function isActedUpon(sql: Sql, id: string, at: Instant): Promise<boolean> {
  const found = await row(
    sql,
    `select from obligations f
      where f.id in (${BEGAN_BY})
        and ((f.created_at = $2 and f.version > 1) or f.closed_at = $2) limit 1`,
    [id, ts(at)],
  )
  return found !== undefined
}

/** Days were counted anew: what stood before has the old ones, and is not brought back. */
export async function forgetStepsOf(tx: Sql, county: string): Promise<void> {
  await tx.query(
    'delete from undo_steps u using obligations o where o.id = u.obligation and o.county = $1 and u.undone_at is null',
    [county],
  )
}

/** Nothing of what an obligation was stays behind for a step that nobody can take back any more. */
export async function forgetSteps(sql: Sql, before: Instant): Promise<void> {
  await sql.query('delete from undo_steps where at < $1', [ts(before)])
}
