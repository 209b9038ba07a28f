import type { Layout } from './columns.ts'
import { headOf, ROWS_TO_KNOW_THE_COLUMNS } from './find-layout.ts'
import { FileRefused } from './refusals.ts'
import { layoutOf, surveyHead } from './survey.ts'
import { wordFinders } from './word-finders.ts'

/** Nobody is at hand who knows the county's towns and days. */
const NOTHING_KNOWN = { townOf: () => undefined, words: wordFinders(), today: '9999-12-31' } as const

/**
 * Where the columns of a file that an import has read stand, as far as the file alone tells, with the name of every
 * column; null where there is no head.
 */
export function guessedLayout(records: readonly string[][]): (Layout & { columns: string[] }) | null {
  const rows: { number: number; cells: string[] }[] = []
  for (let i = 0; i < records.length && rows.length < ROWS_TO_KNOW_THE_COLUMNS; i++) {
    const cells = records[i] ?? []
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ number: i + 1, cells })
  }
  try {
    const head = headOf(rows, NOTHING_KNOWN)
    return { ...layoutOf(surveyHead(head, rows, NOTHING_KNOWN)), columns: head.names }
  } catch (error) {
    if (error instanceof FileRefused) return null
    throw error
  }
}
