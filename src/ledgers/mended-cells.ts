/** What somebody typed instead of what stands in cells of a file: by the number of the row, then by the place of the column from 0. */
export type MendedCells = Readonly<Record<number, Readonly<Record<number, string>>>>

/** As many rows as a sentence names. */
const ROWS_NAMED = 10

/** A row of the file as it is read: with what was typed, and everything else as it stands. */
export function mendedRow(mended: MendedCells, row: number, cells: string[]): string[] {
  const typed = mended[row]
  if (typed === undefined) return cells
  const all = [...cells]
  for (const [at, text] of Object.entries(typed)) {
    while (all.length <= Number(at)) all.push('')
    all[Number(at)] = text
  }
  return all
}

/** Cells that were mended before, and those mended now, which count. */
export function withMended(before: MendedCells, now: MendedCells): MendedCells {
  const all: Record<number, Readonly<Record<number, string>>> = { ...before }
  for (const [row, typed] of Object.entries(now)) all[Number(row)] = { ...all[Number(row)], ...typed }
  return all
}

/** Which rows are not read as they stand in the file; what was typed is told nowhere. */
export function mendedWords(mended: MendedCells): string[] {
  const rows = Object.keys(mended)
  if (rows.length === 0) return []
  const more = rows.length > ROWS_NAMED ? `等 ${rows.length} 行` : ' 行'
  return [`第 ${rows.slice(0, ROWS_NAMED).join('、')}${more}照在这里改好的读,原来的文件没有动。`]
}

/** How many rows were mended of a sheet that is read no more. */
export function forgottenWords(rows: number): string[] {
  return rows === 0 ? [] : [`改读了另一张表:此前在这里改过的 ${rows} 行是原来那张表的,不再算数。`]
}
