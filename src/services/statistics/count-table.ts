/** What a cell counts. */
export type Tally = { items: number; households: number }
/** One number: of an office, or of all (null); of a code, or of all (null). `village` is null where towns are counted. */
export type CountLine = Tally & { office: string | null; village: string | null; code: string | null }

export type CountRow = {
  office: string
  village: string | null
  cells: ReadonlyMap<string, Tally>
  total: Tally
}
/** Counts with their totals. A household counts once in each of them, so that only items add up. */
export type CountTable = { rows: CountRow[]; columns: ReadonlyMap<string, Tally>; total: Tally }

export const NOTHING: Tally = { items: 0, households: 0 }

/** The lines of all cells, rows, columns and of the whole, as a table. */
export function tableOf(lines: readonly CountLine[]): CountTable {
  const places = new Map<string, { office: string; village: string | null; lines: CountLine[] }>()
  const ofAll: CountLine[] = []
  for (const line of lines) {
    const { office, village } = line
    if (office === null) {
      ofAll.push(line)
      continue
    }
    const key = JSON.stringify([office, village])
    const place = places.get(key) ?? { office, village, lines: [] }
    place.lines.push(line)
    places.set(key, place)
  }
  const rows = [...places.values()].map(({ office, village, lines: own }) => ({
    ...{ office, village },
    ...talliesOf(own),
  }))
  const { cells: columns, total } = talliesOf(ofAll)
  return { rows, columns, total }
}

function talliesOf(lines: readonly CountLine[]): { cells: ReadonlyMap<string, Tally>; total: Tally } {
  const cells = new Map<string, Tally>()
  let total = NOTHING
  for (const { code, items, households } of lines)
    if (code === null) total = { items, households }
    else cells.set(code, { items, households })
  return { cells, total }
}
