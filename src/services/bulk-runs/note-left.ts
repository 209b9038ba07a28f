import { rows, type Sql } from '../../db/pool.ts'
import { addAuditEvent } from '../audit/trail.ts'
import { originOf, type RunRow } from './store.ts'

/**
 * One line of the trail for each county says what a run that ends before its end leaves, with how many and why (R9): each that was
 * reached has a line of its own, and these have none. A run that leaves none has no such line.
 */
export async function noteLeft(
  tx: Sql,
  run: RunRow,
  { refused, atWall }: { refused: string; atWall: number },
): Promise<void> {
  const isUndo = run.state === 'undoing'
  const left = await rows<{ count: number; county: string }>(
    tx,
    `select count(*)::int as count, o.county from bulk_items i join obligations o on o.id = i.obligation
      where i.run = $1 and i.state = $2 group by o.county order by o.county`,
    [run.id, isUndo ? 'done' : 'left'],
  )
  for (const { county, count } of left)
    await addAuditEvent(tx, {
      ...{ atWall, county, actor: run.actor, ...originOf(run) },
      ...{ action: 'bulk-run.give-up', subject: run.id, outcome: 'refused' },
      detail: { action: isUndo ? 'undo' : run.action, refused, count },
    })
}
