import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { columnOf } from './select-columns.ts'

/** A column of a statement and its parameter: one value, or an array with a value for each row. */
export type Given = { column: PgColumn; value: unknown }

/** The columns that a row has, in the table's order, so that the order of keys does not change the statement. */
export function valuesOf(table: PgTable, row: object): Given[] {
  const values = new Map(Object.entries(row).filter(([, value]) => value !== undefined))
  for (const key of values.keys()) columnOf(table, key)
  return inTableOrder(table, values).map(({ column, value }) => ({ column, value: scalar(column, value) }))
}

/** One array for each column that any row has. */
export function arraysOf(table: PgTable, rows: Iterable<object>): Given[] {
  const arrays = new Map<string, { values: unknown[]; write: (value: unknown) => unknown }>()
  let count = 0
  for (const row of rows) {
    // Entries would be an array for each value: of a large import more garbage than its rows.
    for (const key of Object.keys(row)) {
      const value: unknown = row[key as keyof typeof row]
      if (value === undefined) continue
      let array = arrays.get(key)
      if (!array) arrays.set(key, (array = { values: [], write: elementWriter(columnOf(table, key)) }))
      array.values[count] = value === null ? null : array.write(value)
    }
    count++
  }
  if (count > 0 && arrays.size === 0)
    throw new Error(`rows for ${getTableName(table)} have no columns of their own`)
  for (const { values } of arrays.values()) values.length = count
  return inTableOrder(table, arrays).map(({ column, value }) => ({ column, value: value.values }))
}

/** Values as the text of one array. pg would put it together cell by cell, and leave four times as much garbage. */
export function arrayText(values: readonly unknown[]): string {
  const texts: string[] = new Array<string>(values.length)
  for (let i = 0; i < values.length; i++) texts[i] = elementText(values[i])
  return `{${texts.join(',')}}`
}

function elementText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  const text = String(value)
  // Asked of millions of cells, an expression takes twice as long.
  const escaped = text.includes('"') || text.includes('\\') ? text.replace(/["\\]/g, '\\$&') : text
  return `"${escaped}"`
}

function inTableOrder<Value>(table: PgTable, values: ReadonlyMap<string, Value>) {
  return Object.entries(getTableColumns(table)).flatMap(([key, column]) => {
    const value = values.get(key)
    return value === undefined ? [] : [{ column, value }]
  })
}

/** A value of the domain as a parameter. */
function scalar(column: PgColumn, value: unknown): unknown {
  return value === null || column.dataType === 'custom' ? value : elementWriter(column)(value)
}

/** How a value is written as an element of its column's array. */
function elementWriter(column: PgColumn): (value: unknown) => unknown {
  if (column.dataType === 'json') return (value) => JSON.stringify(value)
  if (column.dataType === 'date') return (value) => new Date(value as number).toISOString()
  if (column.dataType === 'array') return (value) => arrayText(value as unknown[])
  if (isBytes(column)) return (value) => (value as Buffer).toString('base64')
  return (value) => value
}

/** `unnest` takes an array of arrays apart to the last element, so an array travels as its text; bytes are shorter as base64. */
export function elementType(column: PgColumn): string {
  return column.dataType === 'array' || isBytes(column) ? 'text' : sqlType(column)
}

export function fromElement(column: PgColumn, name: string): string {
  if (isBytes(column)) return `decode(${name}, 'base64')`
  return column.dataType === 'array' ? `${name}::${sqlType(column)}` : name
}

function isBytes(column: PgColumn): boolean {
  return column.getSQLType() === 'bytea'
}

/** A column that counts by itself is an integer to whoever names its value. */
export function sqlType(column: PgColumn): string {
  return column.getSQLType().replace('bigserial', 'bigint')
}
