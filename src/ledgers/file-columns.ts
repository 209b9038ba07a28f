import { nameKey } from './column-names.ts'
import { type Content, type ContentContext, contentOf } from './content.ts'
import { type Head, isDatum, type NamedField, namedField, type NumberedRow } from './head.ts'

/** A column of a file: where it stands, what it is called, and what a sample of its cells holds. */
export type FileColumn = {
  index: number
  /** As the file writes it; 第 5 列 where it has no name. Different for each column. */
  name: string
  /** By which names of columns are compared. */
  key: string
  named: NamedField | undefined
  cells: string[]
  content: Content
}

/** How many rows below the head are looked at. */
export const SAMPLE_ROWS = 200
/** A row with fewer cells is a remark or a sum. */
const FEWEST_CELLS = 3

/** The columns of a file that have a name or a filled cell. */
export function columnsOf(head: Head, rows: readonly NumberedRow[], context: ContentContext): FileColumn[] {
  const sample = sampleBelow(head, rows)
  const taken = new Map<string, number>()
  return head.names.flatMap((written, index) => {
    const cells = sample.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '')
    if (written === '' && cells.length === 0) return []
    // A number of somebody is no name, and would be shown to whoever is asked about the columns.
    const plain = written === '' || isDatum(written) ? `第 ${index + 1} 列` : written
    const key = nameKey(plain)
    const before = taken.get(key) ?? 0
    taken.set(key, before + 1)
    const name = before === 0 ? plain : `${plain}(第 ${index + 1} 列)`
    return [{ index, name, key, named: namedField(written), cells, content: contentOf(cells, context) }]
  })
}

function sampleBelow(head: Head, rows: readonly NumberedRow[]): string[][] {
  const heads = new Set(rows.slice(head.first, head.first + head.height).map((row) => row.cells.join('\n')))
  return rows
    .slice(head.first + head.height)
    .map((row) => row.cells)
    .filter((cells) => cells.filter((cell) => cell.trim() !== '').length >= FEWEST_CELLS)
    .filter((cells) => !heads.has(cells.join('\n')))
    .slice(0, SAMPLE_ROWS)
}
