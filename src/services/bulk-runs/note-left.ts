import { row, type Sql } from '../../db/pool.ts'
import { addAuditEvent } from '../audit/trail.ts'
import { originOf, type RunRow } from './store.ts'

/**
 * One line of the trail says what a run that ends before its end leaves, with how many and why (R9): each that was reached has a line of
 * its own, and these have none.
 */
export async function noteLeft(
  tx: Sql,
  run: RunRow,
  { refused, atWall }: { refused: string; atWall: number },
): Promise<void> {
  const isUndo = run.state === 'undoing'
  const left = await row<{ count: number; county: string | null }>(
    tx,
    `select count(*)::int as count, min(o.county) as county from bulk_items i join obligations o on o.id = i.obligation
      where i.run = $1 and i.state = $2`,
    [run.id, isUndo ? 'done' : 'left'],
  )
  await addAuditEvent(tx, {
    ...{ atWall, county: left?.county ?? null, actor: run.actor, ...originOf(run) },
    ...{ action: 'bulk-run.give-up', subject: run.id, outcome: 'refused' },
    detail: { action: isUndo ? 'undo' : run.action, refused, count: left?.count ?? 0 },
  })
}
