import { fieldAt, maskCell } from './cell-masks.ts'
import { csvLine } from './csv-write.ts'
import type { Field } from './columns.ts'
import { maskedLostName } from './person-name.ts'
import type { RefusedHead, RefusedRow } from './refused-row.ts'
import { PROBLEM_COLUMN, ROW_COLUMN, rowCell } from './undecided.ts'

/** What was wrong with a row, as an import says it. */
export type RowProblem = { row: number; column: string; message: string }
export type RefusedPart = { head: RefusedHead; rows: readonly RefusedRow[] }

/** A value longer than this is cut where it is quoted. */
const MOST_QUOTED = 40
/** Personal cells stand in the row itself; words about them do not repeat them. */
const PERSONAL: ReadonlySet<Field> = new Set(['name', 'idNo', 'phone', 'village', 'detail'])

/** How a file of refused rows begins: with the head of the file they stood in, ours around it. */
export function mendableHeadLine({ header }: RefusedHead): string {
  const names = keptColumns(header).map((i) => header[i] ?? '')
  return `\uFEFF${csvLine([PROBLEM_COLUMN, ...names, ROW_COLUMN])}`
}

/**
 * The rows of a part that were not registered, as they stand in their file, each with what is wrong in a column in front and the number of
 * its row at the end. Mended, they can be imported again: those rows alone are registered.
 * @param problems of these rows at least
 * @param masked for those who may not read households
 */
export function mendableLines(
  { head, rows }: RefusedPart,
  problems: readonly RowProblem[],
  { masked }: { masked: boolean },
): string {
  const kept = keptColumns(head.header)
  const byRow = groupedByRow(problems)
  const lines = rows.map(({ row, cells }) => {
    const wrong = byRow.get(row) ?? []
    const words = wrong.map((problem) => problemWords(head, cells, problem))
    const shown = kept.map((i) => {
      const cell = cells[i] ?? ''
      return masked ? maskCell(fieldAt(head, i), cell) : cell
    })
    // Cells beyond the head are what is wrong with some rows; they stand behind, where nothing reads them.
    const beyond = masked ? [] : cells.slice(head.header.length).filter((cell) => cell !== '')
    return csvLine([words.join(';'), ...shown, rowCell(row, wrong), ...beyond])
  })
  return lines.join('')
}

function keptColumns(header: readonly string[]): number[] {
  return header.flatMap((name, i) => (isOurs(name) ? [] : [i]))
}

/** `乡镇“高滩縣”:本县没有这个乡镇。` The value found is left out where it is personal: it stands in the row. */
function problemWords(head: RefusedHead, cells: readonly string[], { column, message }: RowProblem): string {
  if (column === '') return message
  const field = fieldNamed(head, column)
  const value = field === null || PERSONAL.has(field) ? null : valueOf(head, cells, field)
  return `${bothNames(head, column, field)}${foundWords(value)}:${message}`
}

/** `辖区(这里的“乡镇”列)`: the name in the file that was given, and that in this one. */
function bothNames({ header, at }: RefusedHead, column: string, field: Field | null): string {
  const here = field === null ? undefined : header[at[field] ?? -1]
  return here === undefined || here.trim() === column.trim() ? column : `${column}(这里的“${here}”列)`
}

/** `“高滩縣”`, `(空)`, or nothing where no value is shown. */
export function foundWords(value: string | null): string {
  if (value === null) return ''
  return value === '' ? '(空)' : `“${value}”`
}

/**
 * What stands in the cell that is wrong, masked where it is personal; null where it cannot be shown. Where the columns of the row have
 * shifted, a name may stand anywhere, and nothing of it is shown.
 */
export function foundValue(
  { head, rows }: RefusedPart,
  problem: RowProblem & { rule?: string },
): string | null {
  const field = fieldNamed(head, problem.column)
  const cells = rows.find(({ row }) => row === problem.row)?.cells
  if (field === null || cells === undefined || field === 'village' || field === 'detail') return null
  const plain = valueOf(head, cells, field)
  const lost = field === 'name' && problem.rule === 'lost-character' ? maskedLostName(plain) : null
  const value = lost ?? maskCell(field, plain)
  return PERSONAL.has(field) || value === '' || !isShifted(head, cells) ? value : null
}

/** The warning's number in a row, by which somebody looks it up; null where it cannot be told. */
export function numberIn(part: RefusedPart, wanted: number): string | null {
  return shownIn(part, wanted, 'externalId')
}

/** The name in a row, masked; null where it cannot be told. */
export function nameIn(part: RefusedPart, wanted: number): string | null {
  return shownIn(part, wanted, 'name')
}

function shownIn({ head, rows }: RefusedPart, wanted: number, field: Field): string | null {
  const cells = rows.find(({ row }) => row === wanted)?.cells
  if (cells === undefined || head.at[field] === undefined || isShifted(head, cells)) return null
  return maskCell(field, valueOf(head, cells, field)) || null
}

/** A name with a digit, or a document's number without some. */
function isShifted(head: RefusedHead, cells: readonly string[]): boolean {
  const digits = (field: Field) => valueOf(head, cells, field).replace(/\D/g, '').length
  return digits('name') > 0 || (valueOf(head, cells, 'idNo') !== '' && digits('idNo') < 6)
}

function valueOf({ at }: RefusedHead, cells: readonly string[], field: Field): string {
  const value = (cells[at[field] ?? -1] ?? '').trim()
  return value.length > MOST_QUOTED ? `${value.slice(0, MOST_QUOTED)}…` : value
}

function fieldNamed({ names }: RefusedHead, column: string): Field | null {
  const fields = Object.keys(names) as Field[]
  return fields.find((field) => names[field] === column) ?? null
}

/** Where the column stands that an error names, or the head of the file; undefined where the file has none. */
export function columnNamed(head: RefusedHead, column: string): number | undefined {
  const field = fieldNamed(head, column)
  const at = field === null ? undefined : head.at[field]
  const named = at ?? head.header.findIndex((name) => name.trim() === column.trim() && !isOurs(name))
  return named >= 0 ? named : undefined
}

function isOurs(name: string): boolean {
  const plain = name.trim()
  return plain === PROBLEM_COLUMN || plain === ROW_COLUMN
}

function groupedByRow(problems: readonly RowProblem[]): Map<number, RowProblem[]> {
  const byRow = new Map<number, RowProblem[]>()
  for (const problem of problems) {
    const known = byRow.get(problem.row)
    if (known) known.push(problem)
    else byRow.set(problem.row, [problem])
  }
  return byRow
}
