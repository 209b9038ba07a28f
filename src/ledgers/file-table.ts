/** What a cell of a file holds; null where it is empty. */
export type TableCell = string | number | null
/** A head reaches over so many columns. */
export type Head = { text: string; over?: number }
/**
 * A table of a file: one or more lines of heads, and a width in characters for each column. `aside`: how many of the last lines are sums,
 * or words about other tables, and no line that somebody would count.
 */
export type FileTable = {
  name: string
  heads: readonly (readonly Head[])[]
  widths: readonly number[]
  rows: readonly (readonly TableCell[])[]
  aside?: number
}

/** A line of heads as cells: what a head reaches over is empty. */
export function headCells(heads: readonly Head[]): string[] {
  return heads.flatMap(({ text, over = 1 }) => [text, ...Array.from({ length: over - 1 }, () => '')])
}

/** A table that has one line of heads. */
export function plainTable(
  name: string,
  columns: readonly (readonly [head: string, width: number])[],
  rows: FileTable['rows'],
): FileTable {
  return {
    ...{ name, heads: [columns.map(([text]) => ({ text }))] },
    ...{ widths: columns.map(([, width]) => width), rows },
  }
}
