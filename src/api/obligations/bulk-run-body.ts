import type { BulkRunBody } from '../../contract/api/bulk-actions.ts'
import { actionRule } from '../../domain/obligation/actions.ts'
import { BULK_RUN_STATE_LABELS, problemOf, undoRunRefusal } from '../../domain/obligation/bulk-run.ts'
import { undoableUntil } from '../../domain/obligation/undo.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import type { RunRow } from '../../services/bulk-runs/store.ts'
import { talliesOf, whyNotOf } from '../../services/bulk-runs/tally.ts'
import { iso, isoOrNull } from './present.ts'

/** Runs as whoever asked for them sees them, with what became of their items so far. */
export async function bulkRunBodies(sql: Sql, runs: readonly RunRow[], now: Instant): Promise<BulkRunBody[]> {
  const ids = runs.map(({ id }) => id)
  const tallies = await talliesOf(sql, ids)
  const bodies: BulkRunBody[] = []
  for (const run of runs) {
    const tally = tallies.get(run.id)!
    const { id, action, state, total, filter, seenCount, endedAt } = run
    const isUndoable = undoRunRefusal({ state, endedAt, done: tally.done }, now) === null
    bodies.push({
      ...{ id, action, state, total, ...tally, filter, seenCount },
      problem: problemOf({ ...run, done: tally.done }),
      askedAt: iso(run.askedAt),
      endedAt: isoOrNull(endedAt),
      undoUntil: isUndoable && endedAt !== null ? iso(undoableUntil(endedAt)) : null,
      whyNot: await whyNotOf(sql, id),
      labels: { action: actionRule(action).label, state: BULK_RUN_STATE_LABELS[state] },
    })
  }
  return bodies
}

export async function bulkRunBody(sql: Sql, run: RunRow, now: Instant): Promise<BulkRunBody> {
  const [body] = await bulkRunBodies(sql, [run], now)
  return body!
}
