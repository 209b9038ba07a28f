/** One column of a table: its head, and the text of a cell where the page does not draw it. */
export type Column<Row> = {
  name: string
  word: string
  /** Right-aligned; zero is a thin line. */
  num?: true
  /** Names its row; on a telephone it stands above the rest of the row. */
  heads?: true
  /** A telephone leaves it out. */
  wide?: true
  /** On a telephone it has a line of its own, without its head. */
  whole?: true
  /** A class of the cell: `late`, `muted`, `unbroken`. */
  look?: (row: Row) => string | undefined
  text?: (row: Row) => string | number | null | undefined
}

/** What a cell says: an en dash where there is nothing to count or to tell. */
export function cellText<Row>({ text }: Column<Row>, row: Row): string {
  const said = text?.(row)
  return said === undefined || said === null || said === '' || said === 0 ? '–' : String(said)
}
