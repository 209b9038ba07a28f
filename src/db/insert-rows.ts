import { getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import {
  arraysOf,
  arrayText,
  elementType,
  fromElement,
  type Given,
  sqlType,
  valuesOf,
} from './column-arrays.ts'
import { rows as rowsOf, type Sql } from './pool.ts'
import type { NewRow, RowOf } from './row-types.ts'
import { aliased } from './select-columns.ts'

type Options<Key> = {
  /** What follows `on conflict`, as SQL: `(key) do nothing`. */
  onConflict?: string
  /** Columns of the rows that were inserted. A role without the right to read them must not ask for them. */
  returning?: readonly Key[]
}

/**
 * Inserts any number of rows with one statement: every column is one array, so the text is the same for one row and for
 * 100,000, and is prepared once. No rows, no statement. A value that only some rows have is null in the others.
 * @param rows are read one at a time and not kept
 * @param options.constant what all rows have in common
 * @throws Error when a row has a column that the table lacks, or when no row has a column of its own
 */
export async function insertRows<
  Table extends PgTable,
  Constant extends keyof NewRow<Table> = never,
  Key extends keyof RowOf<Table> = never,
>(
  tx: Sql,
  table: Table,
  rows: Iterable<Omit<NewRow<Table>, Constant>>,
  options: Options<Key> & { constant?: Pick<NewRow<Table>, Constant> } = {},
): Promise<RowOf<Table, Key>[]> {
  const varying = arraysOf(table, rows)
  if (varying.length === 0) return []
  const constant = valuesOf(table, options.constant ?? {})
  const picked = [
    ...constant.map(({ column }, i) => `$${i + 1}::${sqlType(column)}`),
    ...varying.map(({ column }, i) => fromElement(column, `c${i}`)),
  ]
  const arrays = varying.map(({ column }, i) => `$${constant.length + i + 1}::${elementType(column)}[]`)
  const names = varying.map((_, i) => `c${i}`)
  const source = `select ${picked.join(', ')} from unnest(${arrays.join(', ')}) v(${names.join(', ')})`
  const values = [
    ...constant.map(({ value }) => value),
    ...varying.map(({ value }) => arrayText(value as unknown[])),
  ]
  return rowsOf(tx, insertText(table, [...constant, ...varying], source, options), values)
}

/** Rows made as they are asked for: each is garbage before the next, so none lives long enough to pile up in the heap. */
export function* oneByOne<From, Row>(list: Iterable<From>, rowOf: (from: From) => Row): Generator<Row> {
  for (const from of list) yield rowOf(from)
}

/** Inserts one row. Columns that are undefined get their default. @returns the row, or undefined after a conflict */
export async function insertRow<Table extends PgTable, Key extends keyof RowOf<Table> = never>(
  tx: Sql,
  table: Table,
  row: NewRow<Table>,
  options: Options<Key> = {},
): Promise<RowOf<Table, Key> | undefined> {
  const given = valuesOf(table, row)
  const values = given.map(({ column }, i) => `$${i + 1}::${sqlType(column)}`)
  const text = insertText(table, given, `values (${values.join(', ')})`, options)
  const inserted = await rowsOf<RowOf<Table, Key>>(
    tx,
    text,
    given.map((g) => g.value),
  )
  return inserted[0]
}

function insertText(
  table: PgTable,
  given: readonly Given[],
  source: string,
  { onConflict, returning }: Options<PropertyKey>,
): string {
  const names = given.map(({ column }) => column.name).join(', ')
  const conflict = onConflict ? ` on conflict ${onConflict}` : ''
  const back = returning?.length ? ` returning ${returning.map((key) => aliased(table, key)).join(', ')}` : ''
  return `insert into ${getTableName(table)} (${names}) ${source}${conflict}${back}`
}
