import { headOf, ROWS_TO_KNOW_THE_COLUMNS } from './find-layout.ts'
import type { Head, NumberedRow } from './head.ts'
import { FileRefused } from './refusals.ts'
import { wordFinders } from './word-finders.ts'

/** Nobody is at hand who knows the county's towns and days. */
export const NOTHING_KNOWN = { townOf: () => undefined, words: wordFinders(), today: '9999-12-31' } as const

/** The first rows of a file that are not blank, with their numbers. */
export function firstRows(records: readonly string[][]): NumberedRow[] {
  const rows: NumberedRow[] = []
  for (let i = 0; i < records.length && rows.length < ROWS_TO_KNOW_THE_COLUMNS; i++) {
    const cells = records[i] ?? []
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ number: i + 1, cells })
  }
  return rows
}

/** The row where the head of a table ends, by its first records; null for what is no table of warnings. */
export function headEnd(records: readonly string[][]): number | null {
  const rows = firstRows(records)
  const head = headIn(rows)
  return head && (rows[head.first + head.height - 1]?.number ?? 0)
}

function headIn(rows: readonly NumberedRow[]): Head | null {
  try {
    return headOf(rows, NOTHING_KNOWN)
  } catch (error) {
    if (error instanceof FileRefused) return null
    throw error
  }
}
