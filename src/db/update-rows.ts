import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { arraysOf, arrayText, elementType, fromElement, sqlType, valuesOf } from './column-arrays.ts'
import { rows as rowsOf, type Sql } from './pool.ts'
import type { RowOf } from './row-types.ts'

/**
 * Updates any number of rows with one statement, each to values of its own. The text is the same for one row and for 1,000,
 * and is prepared once. No rows or nothing to set, no statement.
 * @param key the columns that tell which row is meant; all others are set
 * @param constant what is set in all of them
 * @throws Error when the table lacks a column, or when a row lacks what another row sets
 */
export async function updateRows<
  Table extends PgTable,
  Key extends keyof RowOf<Table>,
  Row extends Pick<RowOf<Table>, Key> & Partial<RowOf<Table>>,
>(
  tx: Sql,
  table: Table,
  key: readonly Key[],
  rows: Iterable<Row>,
  constant: Partial<RowOf<Table>> = {},
): Promise<void> {
  const same = valuesOf(table, constant)
  const varying = arraysOf(table, rows).map((given, i) => ({ ...given, name: `c${i}` }))
  if (varying.length === 0) return
  for (const { column, value } of varying) mustBeWhole(`${getTableName(table)}.${column.name}`, value)
  const isKey = ({ column }: { column: unknown }) =>
    key.some((k) => getTableColumns(table)[String(k)] === column)
  const set = [
    ...same.map(({ column }, i) => `${column.name} = $${i + 1}::${sqlType(column)}`),
    ...varying
      .filter((v) => !isKey(v))
      .map((v) => `${v.column.name} = ${fromElement(v.column, `v.${v.name}`)}`),
  ]
  const where = varying
    .filter(isKey)
    .map((v) => `t.${v.column.name} = ${fromElement(v.column, `v.${v.name}`)}`)
  if (set.length === 0) return
  const arrays = varying.map(({ column }, i) => `$${same.length + i + 1}::${elementType(column)}[]`)
  await rowsOf(
    tx,
    `update ${getTableName(table)} t set ${set.join(', ')}
       from unnest(${arrays.join(', ')}) v(${varying.map((v) => v.name).join(', ')}) where ${where.join(' and ')}`,
    [...same.map(({ value }) => value), ...varying.map(({ value }) => arrayText(value as unknown[]))],
  )
}

/** A hole would be written as null over what the row holds. */
function mustBeWhole(column: string, values: unknown): void {
  if (Array.isArray(values) && values.includes(undefined)) throw new Error(`some rows have no ${column}`)
}
