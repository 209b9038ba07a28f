import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { row, rows, type Sql } from './pool.ts'
import type { RowOf } from './row-types.ts'

declare const ROW: unique symbol
/** A part of a select's text that knows what its columns give. */
export type ColumnList<Row> = string & { readonly [ROW]?: Row }
/** The rows that a column list gives. */
export type RowsOf<List> = List extends ColumnList<infer Row> ? Row : never

/**
 * Columns of a table for a select, each under its name in the schema: `columns(deadlines, 'd', ['id', 'dueAt'])` is
 * `d.id, d.due_at as "dueAt"`. The rest of the statement stays visible SQL.
 */
export function columns<Table extends PgTable, Key extends keyof RowOf<Table>>(
  table: Table,
  alias: string,
  keys: readonly Key[],
): ColumnList<RowOf<Table, Key>> {
  return keys.map((key) => `${alias}.${aliased(table, key)}`).join(', ')
}

/** The rows of `select <list> <rest>`, typed by the list. @param rest from the word `from` on */
export function selectRows<Row>(
  sql: Sql,
  list: ColumnList<Row>,
  rest: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return rows(sql, `select ${list} ${rest}`, values)
}

/** The first of those rows, or undefined. */
export function selectRow<Row>(
  sql: Sql,
  list: ColumnList<Row>,
  rest: string,
  values: unknown[] = [],
): Promise<Row | undefined> {
  return row(sql, `select ${list} ${rest}`, values)
}

/** `due_at as "dueAt"`: a column under its name in the schema. */
export function aliased(table: PgTable, key: PropertyKey): string {
  const { name } = columnOf(table, String(key))
  return name === key ? name : `${name} as "${String(key)}"`
}

/** @throws Error when the table has no such column */
export function columnOf(table: PgTable, key: string): PgColumn {
  const column = getTableColumns(table)[key]
  if (!column) throw new Error(`${getTableName(table)} has no column ${key}`)
  return column
}
