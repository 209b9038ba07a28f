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

/** Columns under names of one's own: `columnsAs(offices, 'f', { officeName: 'name' })` is `f.name as "officeName"`. */
export function columnsAs<Table extends PgTable, Names extends Record<string, keyof RowOf<Table>>>(
  table: Table,
  alias: string,
  names: Names,
): ColumnList<{ [Name in keyof Names]: RowOf<Table>[Names[Name]] }> {
  return Object.entries(names)
    .map(([name, key]) => `${alias}.${columnOf(table, String(key)).name} as "${name}"`)
    .join(', ')
}

/** Expressions in SQL, each under its name. Nothing checks their types, so a column of a table is better named by it. */
export function computed<Row extends object>(expressions: { [Name in keyof Row]: string }): ColumnList<Row> {
  return Object.entries(expressions)
    .map(([name, text]) => `${String(text)} as "${name}"`)
    .join(', ')
}

/** Columns of a table that an outer join may leave empty. */
export function maybe<Row>(list: ColumnList<Row>): ColumnList<{ [Name in keyof Row]: Row[Name] | null }> {
  return list
}

/** Several lists as one. */
export function allOf<Lists extends readonly ColumnList<unknown>[]>(
  ...lists: Lists
): ColumnList<AllRows<Lists>> {
  return lists.join(', ')
}
type AllRows<Lists> = Lists extends readonly [ColumnList<infer Row>, ...infer Rest]
  ? Row & AllRows<Rest>
  : unknown

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
