import type { Layout } from './columns.ts'
import { headOf } from './find-layout.ts'
import { firstRows, NOTHING_KNOWN } from './head-end.ts'
import { FileRefused } from './refusals.ts'
import { layoutOf, surveyHead } from './survey.ts'

/**
 * Where the columns of a file that an import has read stand, as far as the file alone tells, with the name of every
 * column; null where there is no head.
 */
export function guessedLayout(records: readonly string[][]): (Layout & { columns: string[] }) | null {
  const rows = firstRows(records)
  try {
    const head = headOf(rows, NOTHING_KNOWN)
    return { ...layoutOf(surveyHead(head, rows, NOTHING_KNOWN)), columns: head.names }
  } catch (error) {
    if (error instanceof FileRefused) return null
    throw error
  }
}
