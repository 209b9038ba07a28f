import { insertRow } from '../../db/insert-rows.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import type { NewRow, RowOf } from '../../db/row-types.ts'
import { listViews } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'

const VIEW = columns(listViews, 'v', ['id', 'person', 'office', 'name', 'query', 'createdAt'])
export type ListView = RowOf<typeof listViews>

/** One's own and those that are shared with an office one reads of (row-level security), by name. */
export function visibleViews(sql: Sql): Promise<ListView[]> {
  return selectRows(sql, VIEW, 'from list_views v order by v.name, v.id', [])
}

export async function countViewsOf(sql: Sql, person: string): Promise<number> {
  const asked = 'select count(*) as n from list_views where person = $1'
  return (await row<{ n: number }>(sql, asked, [person]))?.n ?? 0
}

/** @returns undefined where the person has a view of that name already */
export function addView(
  tx: Sql,
  view: NewRow<typeof listViews>,
): Promise<RowOf<typeof listViews, 'id'> | undefined> {
  return insertRow(tx, listViews, view, { onConflict: '(person, name) do nothing', returning: ['id'] })
}

/** Drops one of one's own. @returns false where there is none */
export async function dropView(tx: Sql, id: string, person: string): Promise<boolean> {
  const dropped = await rows(tx, 'delete from list_views where id = $1 and person = $2 returning id', [
    id,
    person,
  ])
  return dropped.length > 0
}
