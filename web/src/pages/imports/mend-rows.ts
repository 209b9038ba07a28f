import { afterLine, lineEnd, strictRecord } from '../../../../src/ledgers/csv-line.ts'
import { csvLine } from '../../../../src/ledgers/csv-write.ts'
import { PROBLEM_COLUMN, ROW_COLUMN } from '../../../../src/ledgers/undecided.ts'
import type { Import } from './use-import.ts'

type Fault = Pick<Import['errors'][number], 'row' | 'column' | 'rule' | 'message'>
/** The file of refused rows, as the API writes it. */
export type Refused = { header: string[]; rows: string[][] }
/** A cell that is wrong, where it stands in the file of refused rows, and what to do about it. */
export type Mend = { key: string; row: number; line: number; at: number; name: string; fault: Fault }

const REPEATED = 'repeated'
const BOM = '\uFEFF'

/** Reads the file of refused rows. */
export function readRefused(text: string): Refused {
  const lines: string[][] = []
  const all = text.startsWith(BOM) ? text.slice(BOM.length) : text
  for (let from = 0; from < all.length;) {
    const { cells, end } = strictRecord(all, from, lineEnd(all, from), ',')
    lines.push(cells)
    from = afterLine(all, end)
  }
  const [header = [], ...rows] = lines
  return { header, rows }
}

/**
 * The cells that can be mended in place: of rows and columns that the file has. What is wrong with a row as a whole is not, nor
 * is a number that stands twice: which of the two rows is right is seen in their file alone.
 * @param columns how the file calls each field, where an error names the field as the platform does
 */
export function mendsOf(
  { header, rows }: Refused,
  faults: readonly Fault[],
  nameOf: (column: string) => string | undefined,
): Mend[] {
  const numbers = header.findIndex((name) => name.trim() === ROW_COLUMN)
  const lineOf = new Map(rows.map((cells, line) => [parseInt(cells[numbers] ?? '', 10), line]))
  const columnAt = (column: string) => header.findIndex((name) => name.trim() === column.trim())
  const undecided = new Set(faults.filter(({ rule }) => rule === REPEATED).map(({ row }) => row))
  return faults.flatMap((fault) => {
    if (undecided.has(fault.row)) return []
    const line = lineOf.get(fault.row)
    const named = columnAt(fault.column)
    const at = named >= 0 ? named : columnAt(nameOf(fault.column) ?? '')
    if (line === undefined || at < 0 || fault.column.trim() === '') return []
    const key = `${fault.row} ${at}`
    return [{ key, row: fault.row, line, at, name: header[at] ?? '', fault }]
  })
}

/** What stands in a cell now. */
export function cellOf({ rows }: Refused, { line, at }: Pick<Mend, 'line' | 'at'>): string {
  return rows[line]?.[at] ?? ''
}

/**
 * The rows that were mended, as a file to import; its columns of ours are left out, since nothing of them is wrong any more.
 * @param texts what was typed, by the keys of the cells
 */
export function mendedFile(
  { header, rows }: Refused,
  mends: readonly Mend[],
  texts: Readonly<Record<string, string>>,
): string {
  const kept = header.flatMap((name, i) => (OURS.has(name.trim()) ? [] : [i]))
  const lines = [...new Set(mends.map(({ line }) => line))].sort((a, b) => a - b)
  const typed = new Map(mends.map((mend) => [`${mend.line} ${mend.at}`, texts[mend.key]]))
  const body = lines.map((line) =>
    csvLine(kept.map((i) => typed.get(`${line} ${i}`) ?? rows[line]?.[i] ?? '')),
  )
  return BOM + csvLine(kept.map((i) => header[i] ?? '')) + body.join('')
}

const OURS: ReadonlySet<string> = new Set([PROBLEM_COLUMN, ROW_COLUMN])
