import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { rows as rowsOf, type Sql } from './pool.ts'
import type { NewRow, RowOf } from './row-types.ts'
import { aliased, columnOf } from './select-columns.ts'

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
  const given = [...constant, ...varying]
  return rowsOf(
    tx,
    insertText(table, given, source, options),
    given.map((g) => g.value),
  )
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

type Given = { column: PgColumn; value: unknown }

/** The columns that a row has, in the table's order, so that the order of keys does not change the statement. */
function valuesOf(table: PgTable, row: object): Given[] {
  const values = new Map(Object.entries(row).filter(([, value]) => value !== undefined))
  for (const key of values.keys()) columnOf(table, key)
  return inTableOrder(table, values).map(({ column, value }) => ({ column, value: scalar(column, value) }))
}

/** One array for each column that any row has. */
function arraysOf(table: PgTable, rows: Iterable<object>): Given[] {
  const arrays = new Map<string, { values: unknown[]; write: (value: unknown) => unknown }>()
  let count = 0
  for (const row of rows) {
    for (const [key, value] of Object.entries(row)) {
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

function inTableOrder<Value>(table: PgTable, values: ReadonlyMap<string, Value>) {
  return Object.entries(getTableColumns(table)).flatMap(([key, column]) => {
    const value = values.get(key)
    return value === undefined ? [] : [{ column, value }]
  })
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

/** A value of the domain as a parameter. */
function scalar(column: PgColumn, value: unknown): unknown {
  return value === null || column.dataType === 'custom' ? value : elementWriter(column)(value)
}

/** How a value is written as an element of its column's array. */
function elementWriter(column: PgColumn): (value: unknown) => unknown {
  if (column.dataType === 'json') return (value) => JSON.stringify(value)
  if (column.dataType === 'date') return (value) => new Date(value as number).toISOString()
  if (column.dataType === 'array') return (value) => arrayLiteral(value as unknown[])
  if (isBytes(column)) return (value) => (value as Buffer).toString('base64')
  return (value) => value
}

/** `unnest` takes an array of arrays apart to the last element, so an array travels as its text; bytes are shorter as base64. */
function elementType(column: PgColumn): string {
  return column.dataType === 'array' || isBytes(column) ? 'text' : sqlType(column)
}

function fromElement(column: PgColumn, name: string): string {
  if (isBytes(column)) return `decode(${name}, 'base64')`
  return column.dataType === 'array' ? `${name}::${sqlType(column)}` : name
}

function isBytes(column: PgColumn): boolean {
  return column.getSQLType() === 'bytea'
}

function arrayLiteral(elements: readonly unknown[]): string {
  const quoted = elements.map((e) => (e === null ? 'NULL' : `"${String(e).replace(/["\\]/g, '\\$&')}"`))
  return `{${quoted.join(',')}}`
}

/** A column that counts by itself is an integer to whoever names its value. */
function sqlType(column: PgColumn): string {
  return column.getSQLType().replace('bigserial', 'bigint')
}
