import type { ContentField } from '../../domain/obligation/changes.ts'
import type { Sql } from '../../db/pool.ts'
import { assignments, events } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { BY_SOMEBODY } from '../obligations/touched.ts'

/** What happened to an obligation that an import has corrected, in order. */
export type History = { written: WrittenField[]; lastAct: number; assignments: PastAssignment[] }
type WrittenField = { event: number; import: string; field: ContentField }
type PastAssignment = RowsOf<typeof ASSIGNMENT>

const EVENT = allOf(
  columns(events, 'e', ['id', 'obligation', 'action']),
  computed<{ import: string | null; fields: { field: ContentField }[] | null }>({
    import: `e.detail ->> 'import'`,
    fields: `e.detail -> 'fields'`,
  }),
)
const ASSIGNMENT = columns(assignments, 'a', [
  ...(['id', 'obligation', 'stage', 'startOn', 'workingDays', 'dueOn', 'origin'] as const),
])

/** Corrections by imports that are taken back count for nothing. @returns histories by obligation */
export async function historiesOf(tx: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, History>> {
  const histories = new Map(ids.map((id): [string, History] => [id, emptyHistory()]))
  const happened = await selectRows(
    tx,
    EVENT,
    `from events e left join imports i on i.id = e.detail ->> 'import'
      where e.obligation = any($1) and (e.action = 'correct' or ${BY_SOMEBODY}) and i.state is distinct from 'undone'
      order by e.id`,
    [ids],
  )
  for (const { id: event, obligation, action, import: importId, fields } of happened) {
    const history = histories.get(obligation)
    if (action !== 'correct' && history) history.lastAct = event
    for (const { field } of fields ?? []) history?.written.push({ event, import: importId ?? '', field })
  }
  // A pause and a request for more time lie beside the work and are no step of it.
  const held = `from assignments a where obligation = any($1) and a.stage not in ('pause', 'extension', 'hand-over')
      order by a.started_at, a.ended_at nulls last, a.id`
  for (const one of await selectRows(tx, ASSIGNMENT, held, [ids]))
    histories.get(one.obligation)?.assignments.push(one)
  return histories
}

function emptyHistory(): History {
  return { written: [], lastAct: 0, assignments: [] }
}

/** Who wrote a field last, and when. */
export function lastWriteOf({ written }: History, field: ContentField): WrittenField | undefined {
  return written.findLast((w) => w.field === field)
}
