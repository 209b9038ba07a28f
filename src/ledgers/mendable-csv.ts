import { csvLine } from './csv-write.ts'
import type { Field, Layout } from './columns.ts'
import { guessedLayout } from './guess-layout.ts'

/** What was wrong with a row, as an import says it. */
export type RowProblem = { row: number; column: string; message: string }
/** A file that an import has read: all its records, blank ones too, and where its columns stand. */
export type ReadFile = { records: readonly string[][]; header: readonly string[]; layout: Layout }

const ROW = '原文件行号'
const PROBLEM = '问题'
/** Personal cells stand in the row itself; words about them do not repeat them. */
const PERSONAL: ReadonlySet<Field> = new Set(['name', 'idNo', 'phone', 'village', 'detail'])

/** Finds the head as an import does, wherever it stands; null where there is none. */
export function readFileOf(records: readonly string[][]): ReadFile | null {
  const layout = guessedLayout(records)
  return layout && { records, header: layout.columns, layout }
}

/**
 * The rows that were not registered, as they stand in their file, each with what is wrong in two columns at the end.
 * Mended, it can be imported again: an import passes over columns it does not know.
 */
export function mendableCsv(file: ReadFile, problems: readonly RowProblem[]): string {
  const { header, records } = file
  const lines = grouped(problems).map(([row, of]) => {
    const record = padded(records[row - 1] ?? [], header.length)
    return csvLine([...record, row, of.map((problem) => problemWords(file, problem)).join(';')])
  })
  return `\uFEFF${csvLine([...header, ROW, PROBLEM])}${lines.join('')}`
}

/** `乡镇“高滩縣”:本县没有这个乡镇。` The value found is left out where it is personal. */
export function problemWords(file: ReadFile, { row, column, message }: RowProblem): string {
  if (column === '') return message
  const value = valueFound(file, row, column)
  const found = value === null ? '' : value === '' ? '(空)' : `“${value}”`
  return `${column}${found}:${message}`
}

function valueFound({ records, layout }: ReadFile, row: number, column: string): string | null {
  const fields = Object.keys(layout.names) as Field[]
  const field = fields.find((name) => layout.names[name] === column)
  if (field === undefined || PERSONAL.has(field)) return null
  return (records[row - 1]?.[layout.at[field]] ?? '').trim()
}

function grouped(problems: readonly RowProblem[]): [number, RowProblem[]][] {
  const byRow = new Map<number, RowProblem[]>()
  for (const problem of problems) byRow.set(problem.row, [...(byRow.get(problem.row) ?? []), problem])
  return [...byRow].sort(([a], [b]) => a - b)
}

function padded(record: readonly string[], width: number): string[] {
  return [...record, ...Array.from({ length: Math.max(0, width - record.length) }, () => '')]
}
