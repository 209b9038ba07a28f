import { hasNumberOfSomebody } from '../domain/obligation/problem-words.ts'
import { codesOf } from '../domain/obligation/vocabulary.ts'
import { foldedCell } from './cell.ts'
import type { Chunks } from './decode.ts'
import { findListHead, type GivenColumns, type ListForm, type ListHead } from './list-form.ts'
import { compact } from './normalise.ts'
import { recordsOf } from './records.ts'
import { refused } from './refusals.ts'

/** Why a row is not taken: the row as the file counts it, the column by its name there, and what stands in the cell. */
export type ListFault = { row: number; column: string; value: string; message: string }
/** `absent`: columns that the file does not have, so that it says nothing of them. */
export type ReadList<Row, Column extends string = string> = {
  rows: Row[]
  faults: ListFault[]
  read: number
  absent: readonly Column[]
}

/** A file of more is refused as a whole. */
export const MOST_ROWS = 20_000
/** Titles and blank lines around the rows. */
const MOST_OTHER_LINES = 100
const MOST_SHOWN = 60
const NUMBERS = /\d(?=\d{4})/g

/**
 * Reads a list, CSV or workbook, row by row.
 * @param judge makes a row of its cells, or tells the cells what is wrong with them
 * @throws FileRefused for what is no such list; SheetNeeded where several sheets could be meant
 */
export async function readList<Column extends string, Row>(
  chunks: Chunks,
  form: ListForm<Column>,
  judge: (cells: ListCells<Column>) => Row | null,
  given?: GivenColumns<Column>,
): Promise<ReadList<Row, Column>> {
  const { lines, date1904 } = await linesOf(chunks)
  const head = findListHead(lines, form, given)
  const absent = (Object.keys(form.columns) as Column[]).filter((field) => head.at[field] === undefined)
  const read: ReadList<Row, Column> = { rows: [], faults: [], read: 0, absent }
  lines.forEach((record, line) => {
    if (line <= head.line || record.every((cell) => compact(cell) === '')) return
    read.read++
    const cells = new ListCells(form, head, { record, row: line + 1, date1904 })
    const row = judge(cells)
    if (row !== null && cells.faults.length === 0) read.rows.push(row)
    read.faults.push(...cells.faults)
  })
  if (read.read === 0) throw refused('empty-file')
  return read
}

async function linesOf(chunks: Chunks): Promise<{ lines: string[][]; date1904: boolean }> {
  const { groups, date1904 } = await recordsOf(chunks)
  const lines: string[][] = []
  for await (const group of groups) {
    for (const cells of group) lines.push(cells)
    if (lines.length > MOST_ROWS + MOST_OTHER_LINES) throw refused('too-many-rows', String(MOST_ROWS))
  }
  return { lines, date1904 }
}

type Line = { record: readonly string[]; row: number; date1904: boolean }

/** The cells of one row by what they say, and what is wrong with them. */
export class ListCells<Column extends string> {
  readonly faults: ListFault[] = []
  /** As the file counts. */
  readonly row: number
  readonly date1904: boolean
  readonly #form: ListForm<Column>
  readonly #head: ListHead<Column>
  readonly #record: readonly string[]

  constructor(form: ListForm<Column>, head: ListHead<Column>, { record, row, date1904 }: Line) {
    this.#form = form
    this.#head = head
    this.#record = record
    this.row = row
    this.date1904 = date1904
  }

  /** As it stands in the file. */
  raw(field: Column): string {
    return this.#record[this.#head.at[field] ?? -1] ?? ''
  }

  text(field: Column): string {
    return foldedCell(this.raw(field))
  }

  /** A text of at most so many characters. */
  textWithin(field: Column, most: number): string {
    const value = this.text(field)
    if (value.length > most) this.fault(field, `超过 ${most} 个字,请精简。`)
    return value
  }

  /** The code of a cell that must hold one of these words. */
  code<Code extends string>(
    field: Column,
    labels: Readonly<Record<Code, string>>,
    find: (cell: string) => Code | undefined = (cell) => codeIn(labels, cell),
  ): Code | undefined {
    const code = find(this.text(field))
    if (code === undefined) this.fault(field, `要是${Object.values<string>(labels).join('、')}中的一个。`)
    return code
  }

  fault(field: Column, message: string): void {
    const column = this.#head.names[this.#head.at[field] ?? -1] ?? this.#form.columns[field][0]
    const value = this.#form.personal.includes(field) ? '' : shown(this.text(field))
    this.faults.push({ row: this.row, column, value, message })
  }
}

function codeIn<Code extends string>(labels: Readonly<Record<Code, string>>, cell: string): Code | undefined {
  return codesOf(labels).find((code) => code === cell || labels[code] === cell)
}

/** As much of a cell as tells it apart; long numbers may be somebody's. */
function shown(cell: string): string {
  const text = hasNumberOfSomebody(cell) ? cell.replace(NUMBERS, '*') : cell
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}
