import { tellsBeginning } from '../../domain/escalation/moment-form.ts'
import { groupBy } from '../../domain/grouping.ts'
import { rows, type Sql } from '../../db/pool.ts'
import type { QueuedNotification } from './store.ts'

type Line = Pick<QueuedNotification, 'id' | 'deadline' | 'momentForm'>

/**
 * The lines with those of them again that say what began behind, or joined, a deadline which a recount has left since: for each deadline
 * that some of its work went to, a line about that one. Its reminders come anew with the new day; that something began comes once:
 * where only such stand behind the deadline now as have come by a recount, nobody is told that they began.
 */
export async function withMoved<L extends Line>(sql: Sql, lines: readonly L[]): Promise<L[]> {
  const beginning = lines.filter(({ momentForm }) => momentForm !== null && tellsBeginning(momentForm))
  if (beginning.length === 0) return [...lines]
  const ids = beginning.map(({ id }) => id)
  const moved = await rows<{ id: string; deadline: string }>(
    sql,
    `select distinct n.id, a.deadline from notifications n
       join recounts r on r.deadline = n.deadline and r.at >= n.created_at
       join assignments a on a.id = r.assignment and a.ended_at is null
      where n.id = any($1) and a.deadline <> n.deadline order by n.id, a.deadline`,
    [ids],
  )
  const overtaken = await overtakenOf(sql, ids)
  const byLine = groupBy(moved, ({ id }) => id)
  return lines.flatMap((line) => [
    ...(overtaken.has(line.id) ? [] : [line]),
    ...(byLine.get(line.id) ?? []).map(({ deadline }) => ({ ...line, deadline })),
  ])
}

/** Lines behind whose deadline others stand now than those of which they tell. Who left it and came back before the round is told of. */
async function overtakenOf(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
  const cameSince = `exists (select from recounts r
       where r.obligation = a.obligation and r.assignment = a.id and r.deadline <> n.deadline and r.at >= n.created_at)
     and not exists (select from recounts l
       where l.obligation = a.obligation and l.assignment = a.id and l.deadline = n.deadline and l.at >= n.created_at)`
  const found = await rows<{ id: string }>(
    sql,
    `select n.id from notifications n join assignments a on a.deadline = n.deadline and a.ended_at is null
      where n.id = any($1) group by n.id having bool_and(${cameSince})`,
    [ids],
  )
  return new Set(found.map(({ id }) => id))
}
