import { PERSONAL_FIELDS } from '../../domain/obligation/changes.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { NewRow, RowOf } from '../../db/row-types.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import { importChanges } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { updateRows } from '../../db/update-rows.ts'

const CHANGE = columns(importChanges, 'c', [
  ...(['import', 'row', 'obligation', 'externalId', 'fields', 'content', 'contentHash'] as const),
  ...(['encrypted', 'keyId', 'state', 'decidedBy', 'decidedAt', 'replaced'] as const),
])
export type ImportChange = RowsOf<typeof CHANGE>
export type NewChange = Omit<NewRow<typeof importChanges>, 'import'>

export async function addChanges(tx: Sql, importId: string, changes: readonly NewChange[]): Promise<void> {
  await insertRows(tx, importChanges, changes, { constant: { import: importId } })
}

/** In the order of the file; those in one state alone, where it is given. */
export function changesOf(
  sql: Sql,
  importId: string,
  {
    afterRow,
    limit,
    state = null,
  }: { afterRow: number; limit: number; state?: ImportChange['state'] | null },
): Promise<ImportChange[]> {
  const page = `from import_changes c where import = $1 and "row" > $2 and coalesce(state = $4, true)
    order by "row" limit $3`
  return selectRows(sql, CHANGE, page, [importId, afterRow, limit, state])
}

/** The next changes in one state; nobody else decides about them until the transaction ends. */
export function lockChanges(
  tx: Sql,
  importId: string,
  wanted: { state: ImportChange['state']; afterRow: number; limit: number },
): Promise<ImportChange[]> {
  const { state, afterRow, limit } = wanted
  return selectRows(
    tx,
    CHANGE,
    `from import_changes c where import = $1 and state = $2 and "row" > $3 order by "row" limit $4 for update`,
    [importId, state, afterRow, limit],
  )
}

/** The next changes of which something was written, by whatever release. */
export function lockWritten(
  tx: Sql,
  importId: string,
  { afterRow, limit }: { afterRow: number; limit: number },
): Promise<ImportChange[]> {
  return selectRows(
    tx,
    CHANGE,
    `from import_changes c where import = $1 and "row" > $2 and (replaced is not null or state = 'applied')
      order by "row" limit $3 for update`,
    [importId, afterRow, limit],
  )
}

/** What became of changes, each on its row. */
export async function writeChanges(
  tx: Sql,
  changes: readonly (Pick<ImportChange, 'import' | 'row'> &
    RowOf<typeof importChanges, 'fields' | 'encrypted' | 'keyId' | 'state' | 'replaced'>)[],
): Promise<void> {
  await updateRows(tx, importChanges, ['import', 'row'], changes)
}

/** What are no changes any more. */
export async function removeChanges(tx: Sql, importId: string, rows: readonly number[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query('delete from import_changes where import = $1 and "row" = any($2)', [importId, rows])
}

export type Decision = {
  action: 'apply' | 'dismiss'
  rows: readonly number[] | 'all'
  by: string
  at: Instant
}

/**
 * Decides about open changes. What is to be applied the worker writes; of what is dismissed the households are erased at once, but
 * for those of which something was written: it may be taken back.
 * @returns the rows that were still open
 */
export async function decideChanges(
  tx: Sql,
  importId: string,
  { action, rows, by, at }: Decision,
): Promise<number[]> {
  const erased =
    action === 'dismiss'
      ? `, encrypted = ${unlessWritten('encrypted')}, key_id = ${unlessWritten('key_id')}`
      : ''
  const { rows: decided } = await tx.query<{ row: number }>(
    `update import_changes c set state = $2, decided_by = $3, decided_at = $4 ${erased}
       from obligations o
      where c.import = $1 and c.state = 'open' and coalesce(c."row" = any($5::int[]), true) and o.id = c.obligation
        and ($2 = 'dismissed' or o.state not in ('accepted', 'cancelled'))
      returning c."row"`,
    [importId, action === 'apply' ? 'confirmed' : 'dismissed', by, ts(at), rows === 'all' ? null : rows],
  )
  return decided.map((d) => d.row).sort((a, b) => a - b)
}

/** Null where nothing of the household was written. */
function unlessWritten(column: string): string {
  const personal = PERSONAL_FIELDS.map((field) => `'${field}'`).join(',')
  return `case when exists (select from jsonb_array_elements(c.replaced) step
    where step -> 'fields' ?| array[${personal}]) then c.${column} end`
}

/** The states of some rows; of `all`, of those that are still open. */
export function changesAmong(
  sql: Sql,
  importId: string,
  wanted: readonly number[] | 'all',
  most: number,
): Promise<RowOf<typeof importChanges, 'row' | 'state'>[]> {
  const among = `from import_changes c where import = $1
    and case when $2::int[] is null then state = 'open' else "row" = any($2) end order by "row" limit $3`
  const rows = wanted === 'all' ? null : wanted
  return selectRows(sql, columns(importChanges, 'c', ['row', 'state']), among, [
    ...[importId, rows, rows === null ? most : rows.length],
  ])
}

/** How many are open and wait for somebody's word, and how many were written. */
export async function countChangesOf(
  sql: Sql,
  importId: string,
): Promise<{ asked: number; updated: number }> {
  const counted = `select count(*) filter (where state = 'open' and fields @> '[{"happens":"asked"}]')::int as asked,
      count(*) filter (where state = 'applied')::int as updated from import_changes where import = $1`
  return (await row<{ asked: number; updated: number }>(sql, counted, [importId])) ?? { asked: 0, updated: 0 }
}

/** Is anything confirmed that is not written yet? */
export async function hasConfirmed(sql: Sql, importId: string): Promise<boolean> {
  const any = `select from import_changes where import = $1 and state = 'confirmed' limit 1`
  return (await row(sql, any, [importId])) !== undefined
}

/** Has somebody decided about a change, whether it is written or not? Of an import that is not registered the others are all open. */
export async function hasDecided(sql: Sql, importId: string): Promise<boolean> {
  const any = `select from import_changes where import = $1 and state <> 'open' limit 1`
  return (await row(sql, any, [importId])) !== undefined
}

/** What could not be written is to be decided again. */
export async function reopenConfirmed(tx: Sql, importId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update import_changes set state = 'open', decided_by = null, decided_at = null where import = $1 and state = 'confirmed'`,
    [importId],
  )
  return (rowCount ?? 0) > 0
}

/** Of these obligations, the contents that somebody has dismissed: `<obligation> <hash>`. */
export async function dismissedContents(sql: Sql, obligations: readonly string[]): Promise<Set<string>> {
  const found = await selectRows(
    sql,
    columns(importChanges, 'c', ['obligation', 'contentHash']),
    `from import_changes c where obligation = any($1) and state = 'dismissed'`,
    [obligations],
  )
  return new Set(found.map((c) => contentKey(c)))
}

export function contentKey({ obligation, contentHash }: { obligation: string; contentHash: Buffer }): string {
  return `${obligation} ${contentHash.toString('hex')}`
}
