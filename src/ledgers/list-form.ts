import { nameKey } from './column-names.ts'
import { HEAD_WITHIN } from './head.ts'
import { FileRefused } from './refusals.ts'

/** A list of one kind: its columns by our names, and by others that mean the same. */
export type ListForm<Column extends string> = {
  columns: Readonly<Record<Column, readonly [string, ...string[]]>>
  required: readonly Column[]
  /** Columns whose cells are a household's: what stands in them is never repeated. */
  personal: readonly Column[]
  /** What the refusal of a file without the required columns says. */
  missing: (names: readonly string[]) => string
}
/** What somebody says of the columns of a file: its name for each, or null for one that is not to be read. */
export type GivenColumns<Column extends string> = Readonly<Record<string, Column | null>>

/** Where each column stands, and in which line the head is; the first line is 0. */
export type ListHead<Column extends string> = {
  line: number
  at: Partial<Record<Column, number>>
  names: readonly string[]
}

/** Finds the line that names the required columns. @throws FileRefused, naming those that are missing */
export function findListHead<Column extends string>(
  lines: readonly string[][],
  form: ListForm<Column>,
  given: GivenColumns<Column> = {},
): ListHead<Column> {
  const fieldOf = columnFinder(form, given)
  const missingIn = ({ at }: ListHead<Column>) => form.required.filter((field) => at[field] === undefined)
  const heads = lines.slice(0, HEAD_WITHIN).map((cells, line) => headIn(cells, line, fieldOf))
  const [best] = heads.sort((a, b) => missingIn(a).length - missingIn(b).length)
  const missing = best ? missingIn(best) : form.required
  if (!best || missing.length > 0)
    throw new FileRefused('missing-column', form.missing(missing.map((field) => form.columns[field][0])))
  return best
}

type ColumnFinder<Column> = (name: string) => Column | null | undefined

/** What somebody says of a column counts before what its name says. */
function columnFinder<Column extends string>(
  { columns }: ListForm<Column>,
  given: GivenColumns<Column>,
): ColumnFinder<Column> {
  const known = new Map<string, Column | null>()
  for (const field of Object.keys(columns) as Column[])
    for (const name of columns[field]) known.set(nameKey(name), field)
  for (const [name, field] of Object.entries(given)) known.set(nameKey(name), field)
  const said = new Set(Object.values(given))
  return (name) => {
    const field = known.get(nameKey(name))
    const isSaid = Object.keys(given).some((one) => nameKey(one) === nameKey(name))
    return field !== undefined && said.has(field) && !isSaid ? undefined : field
  }
}

function headIn<Column extends string>(
  cells: readonly string[],
  line: number,
  fieldOf: ColumnFinder<Column>,
): ListHead<Column> {
  const at: ListHead<Column>['at'] = {}
  cells.forEach((cell, column) => {
    const field = fieldOf(cell)
    if (field) at[field] ??= column
  })
  return { line, at, names: cells }
}
