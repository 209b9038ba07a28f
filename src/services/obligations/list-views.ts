import { insertRow } from '../../db/insert-rows.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import type { NewRow, RowOf } from '../../db/row-types.ts'
import { listViews } from '../../db/schema/index.ts'
import { columns, selectRow, selectRows } from '../../db/select-columns.ts'

const VIEW = columns(listViews, 'v', ['id', 'person', 'office', 'name', 'query', 'createdAt'])
export type ListView = RowOf<typeof listViews>

/** An arbitrary constant: the lock that counts the views of one person one after the other. */
const ONE_KEEPER = 7_209_092
/** As many as a page can offer; everybody's own are among them. */
const MOST_SHOWN = 200

/** One's own first, then those that are shared with an office one reads of (row-level security), by name. */
export function visibleViews(sql: Sql, person: string): Promise<ListView[]> {
  const rest = 'from list_views v order by v.person <> $1, v.name, v.id limit $2'
  return selectRows(sql, VIEW, rest, [person, MOST_SHOWN])
}

/** How many somebody keeps. Nobody keeps a further one in their name until the transaction ends. */
export async function countViewsOf(tx: Sql, person: string): Promise<number> {
  await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [ONE_KEEPER, person])
  const asked = 'select count(*) as n from list_views where person = $1'
  return (await row<{ n: number }>(tx, asked, [person]))?.n ?? 0
}

/** @returns undefined where the person has a view of that name already */
export function addView(
  tx: Sql,
  view: NewRow<typeof listViews>,
): Promise<RowOf<typeof listViews, 'id'> | undefined> {
  return insertRow(tx, listViews, view, { onConflict: '(person, name) do nothing', returning: ['id'] })
}

/**
 * Puts other content in the place of one of one's own, under the same id.
 * @returns undefined where there is none; `taken` where another one has that name: the transaction must not be kept then
 */
export async function replaceView(
  tx: Sql,
  { id, person, ...content }: Omit<ListView, 'createdAt'>,
): Promise<ListView | 'taken' | undefined> {
  const own = 'from list_views v where v.id = $1 and v.person = $2'
  const before = await selectRow(tx, VIEW, own, [id, person])
  if (before === undefined || !(await dropView(tx, id, person))) return undefined
  const view = { ...before, ...content }
  return (await addView(tx, view)) ? view : 'taken'
}

/** Drops one of one's own. @returns false where there is none */
export async function dropView(tx: Sql, id: string, person: string): Promise<boolean> {
  const dropped = await rows(tx, 'delete from list_views where id = $1 and person = $2 returning id', [
    id,
    person,
  ])
  return dropped.length > 0
}

const OF_COUNTIES = `exists (select from unnest($1::text[]) county
  where v.office = county or v.office ^@ (county || '.'))`

/** Those that are shared with an office of these counties, by name. */
export function sharedViews(sql: Sql, counties: readonly string[]): Promise<ListView[]> {
  const rest = `from list_views v where ${OF_COUNTIES} order by v.name, v.id limit $2`
  return selectRows(sql, VIEW, rest, [counties, MOST_SHOWN])
}

/** Drops a shared one of these counties, whoever keeps it. @returns false where there is none */
export async function dropSharedView(tx: Sql, id: string, counties: readonly string[]): Promise<boolean> {
  const drop = `delete from list_views v where ${OF_COUNTIES} and v.id = $2 returning v.id`
  return (await rows(tx, drop, [counties, id])).length > 0
}
