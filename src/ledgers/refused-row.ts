import { COLUMNS, type Field, FIELDS, type Layout } from './columns.ts'
import { namedField } from './head.ts'

/** A row that was not taken in, as it stands in the file. */
export type RefusedRow = { row: number; cells: string[] }

/** What a file calls its columns: all of them in their order, and where those stand that fill a field. */
export type RefusedHead = {
  header: readonly string[]
  names: Readonly<Partial<Record<Field, string>>>
  at: Readonly<Partial<Record<Field, number>>>
}

/**
 * The head of a file whose rows are to be mended. A column that was explained or guessed gets the platform's name, so that nobody is
 * asked about it again.
 */
export function mendableHead(names: readonly string[], { at, names: said }: Layout): RefusedHead {
  const header = [...names]
  for (const field of FIELDS) {
    const column = at[field]
    const own = header[column]
    if (own !== undefined && !isExact(own, field)) header[column] = COLUMNS[field]
  }
  return { header, names: said, at }
}

function isExact(name: string, field: Field): boolean {
  const named = namedField(name)
  return named?.field === field && (named.rank === 'exact' || named.rank === 'alias')
}
