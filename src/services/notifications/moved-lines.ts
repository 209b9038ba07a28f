import { START_SERIES } from '../../domain/escalation/moment-form.ts'
import { groupBy } from '../../domain/grouping.ts'
import { rows, type Sql } from '../../db/pool.ts'
import type { QueuedNotification } from './store.ts'

type Line = Pick<QueuedNotification, 'id' | 'deadline' | 'momentForm'>

/**
 * The lines with those of them again that say what began behind a deadline which a recount has left since: for each deadline that some
 * of its work went to, a line about that one. Its reminders come anew with the new day; that something began comes once.
 */
export async function withMoved<L extends Line>(sql: Sql, lines: readonly L[]): Promise<L[]> {
  const beginning = lines.filter(tellsBeginning)
  if (beginning.length === 0) return [...lines]
  const moved = await rows<{ id: string; deadline: string }>(
    sql,
    `select distinct n.id, a.deadline from notifications n
       join recounts r on r.deadline = n.deadline and r.at >= n.created_at
       join assignments a on a.id = r.assignment and a.ended_at is null
      where n.id = any($1) and a.deadline <> n.deadline order by n.id, a.deadline`,
    [beginning.map(({ id }) => id)],
  )
  const byLine = groupBy(moved, ({ id }) => id)
  return lines.flatMap((line) => [
    line,
    ...(byLine.get(line.id) ?? []).map(({ deadline }) => ({ ...line, deadline })),
  ])
}

function tellsBeginning({ momentForm }: Line): boolean {
  return START_SERIES.some((start) => start === momentForm?.series)
}
