import { refusalInState } from '../../domain/obligation/lifecycle.ts'
import type { Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { events } from '../../db/schema/index.ts'
import { type ActedOnRow, lockActedOn, obligationStateOf } from './acted-on.ts'
import { restore, type Snapshot } from './snapshot.ts'
import { BEGAN_BY, type Step, stepToUndo } from './undo-steps.ts'
import type { Acting } from './write-action.ts'

const TAKEN_BACK = '由来的办理已经撤回,这一件不再需要。'
/** What ends something that is no longer wanted. */
type End = (tx: Sql, o: ActedOnRow, acting: Acting) => Promise<void>

/**
 * Takes the last step back: the obligation stands as before it, with the assignments and the due day it had. What was decided is told to
 * nobody that has not been told yet, and what the step began is cancelled. The history keeps both steps.
 */
export async function undoStep(tx: Sql, o: ActedOnRow, acting: Acting, end: End): Promise<void> {
  const step = await stepToUndo(tx, o.id)
  if (!step) throw new Error(`nothing to undo of obligation ${o.id}`)
  const before = step.before as Snapshot
  const { actor, now } = acting
  await endWhatBegan(tx, o.id, step, acting, end)
  await tx.query('delete from decisions where obligation = $1 and at = $2', [o.id, ts(step.at)])
  await freeFiles(tx, o.id, step.at)
  await restore(tx, o.id, before)
  await tx.query('update undo_steps set undone_at = $2 where id = $1', [step.id, ts(now)])
  const { state } = before.obligation
  await insertRow(tx, events, {
    ...{ obligation: o.id, at: now, actor: actor.id, action: 'undo', state, detail: { undone: step.action } },
  })
}

/** Files that were handed in with it can be changed again. */
async function freeFiles(tx: Sql, id: string, at: Instant): Promise<void> {
  await tx.query('update attachments set handed_in_at = null where obligation = $1 and handed_in_at = $2', [
    id,
    ts(at),
  ])
}

async function endWhatBegan(tx: Sql, id: string, { at }: Step, acting: Acting, end: End): Promise<void> {
  const began = await rows<{ id: string }>(
    tx,
    `select f.id from obligations f
      where f.id in (${BEGAN_BY})
        and f.created_at = $2 and f.closed_at is null order by 1`,
    [id, ts(at)],
  )
  for (const one of began) {
    const locked = await lockActedOn(tx, one.id)
    if (!locked || refusalInState(obligationStateOf(locked), 'cancel', acting.now)) continue
    await end(tx, locked, { ...acting, action: { action: 'cancel', reason: TAKEN_BACK } })
  }
}
