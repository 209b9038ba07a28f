import { COLUMNS, type Layout, namesOf, NEEDED } from './columns.ts'
import { contentOf, type ContentContext, unmistakableField } from './content.ts'
import { SAMPLE_ROWS } from './file-columns.ts'
import { findHead, type Head, HEAD_WITHIN, headAbove, holdsData, type NumberedRow } from './head.ts'
import type { ColumnMapping } from './mapping.ts'
import { refuseMisread } from './read-as-latin.ts'
import { type FileRefused, refused } from './refusals.ts'
import { certainLayout, type FileHead, headOfFile, surveyHead } from './survey.ts'

/** So many rows that are not blank are kept before the columns are decided. */
export const ROWS_TO_KNOW_THE_COLUMNS = HEAD_WITHIN + SAMPLE_ROWS
/** A row of data without a head has at least so many cells that are like no other. */
const ENOUGH_FOR_DATA = 3
/** Lines that a refusal describes. */
const LINES_DESCRIBED = 3

export type FoundLayout = {
  head: FileHead | null
  /** What the file calls its columns, one name a cell. */
  header: readonly string[]
  layout: Layout
  /** The rows of the head and those above it. */
  above: string[][]
  below: NumberedRow[]
}

/**
 * Finds the head among the first rows of a file, and what each column holds.
 * @throws MappingNeeded when somebody has to say; FileRefused when nothing looks like warnings
 */
export function layoutOfRows(
  rows: readonly NumberedRow[],
  context: ContentContext,
  mapping?: ColumnMapping,
): FoundLayout {
  const head = headOf(rows, context)
  const surveyed = surveyHead(head, rows, context, mapping)
  const layout = certainLayout(surveyed, mapping !== undefined, context.withoutNumber)
  const end = head.first + head.height
  return {
    head: headOfFile(surveyed, layout),
    header: head.names,
    layout,
    above: rows.slice(0, end).map((row) => row.cells),
    below: rows.slice(end),
  }
}

/** @throws FileRefused when no row names columns and none looks like a warning */
export function headOf(rows: readonly NumberedRow[], context: ContentContext): Head {
  if (rows.length === 0) throw refused('empty-file')
  refuseMisread(rows)
  const { fields, head } = findHead(rows)
  if (head) return head
  const data = firstOfData(rows, context)
  if (data >= 0 && data <= HEAD_WITHIN) return headAbove(rows, data) ?? headless(rows, data)
  const missing = NEEDED.filter((field) => !fields.includes(field))
  throw fields.length > 0 ? refused('missing-column', namesOf(missing)) : noHeader(rows)
}

/** The first row that looks like a warning, or like a household right above one: its other cells may be wrong. */
function firstOfData(rows: readonly NumberedRow[], context: ContentContext): number {
  let first = rows.findIndex((row) => isData(row, context))
  while (first > 0 && holdsData(rows[first - 1]!)) first--
  return first
}

function headless(rows: readonly NumberedRow[], first: number): Head {
  const width = Math.max(...rows.slice(first).map((row) => row.cells.length))
  return { first, height: 0, names: Array.from({ length: width }, () => '') }
}

function isData({ cells }: NumberedRow, context: ContentContext): boolean {
  const fields = cells.map((cell) => unmistakableField(contentOf([cell], context)))
  return new Set(fields.filter(Boolean)).size >= ENOUGH_FOR_DATA
}

function noHeader(rows: readonly NumberedRow[]): FileRefused {
  const lines = rows
    .slice(0, LINES_DESCRIBED)
    .map(({ number, cells }) => `第 ${number} 行有 ${cells.length} 格:${kindsOf(cells)}`)
  return refused('no-header', `找的是这些列名:${Object.values(COLUMNS).join('、')};文件里${lines.join(';')}`)
}

/** What stands in a line, without quoting it. */
function kindsOf(cells: readonly string[]): string {
  const kinds = cells.map((cell) => {
    if (cell.trim() === '') return '空'
    if (/^[\d\s.,:/-]+$/.test(cell.trim())) return '数字'
    return '文字'
  })
  return [...new Set(kinds)].join('、')
}
