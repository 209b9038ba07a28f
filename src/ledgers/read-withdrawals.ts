import type { Chunks } from './decode.ts'
import { warningNumberOf } from './external-id.ts'
import { HEAD_WITHIN, type NumberedRow } from './head.ts'
import type { ColumnMapping } from './mapping.ts'
import { compact } from './normalise.ts'
import { layoutOfNumbers, type NumberLayout } from './number-layout.ts'
import { isPlaceholder } from './placeholder.ts'
import { type FileForm, recordsOf } from './records.ts'
import { refused } from './refusals.ts'
import type { FileHead } from './survey.ts'

/** A warning that the platform has withdrawn; `reason` null where the file gives none. */
export type Withdrawal = { row: number; externalId: string; reason: string | null }
/** What the next rows gave. `processed` counts all rows read so far. */
export type WithdrawalBatch = {
  rows: Withdrawal[]
  processed: number
  encoding: FileForm
  head: FileHead
  notes: readonly string[]
  sheetRead: string | null
  candidates: string | null
  otherSheets: readonly string[]
}

const MOST_ROWS = 200_000
const LONGEST_REASON = 200

/**
 * Reads a file of the numbers that the platform has withdrawn: a head with a column for the number, and a number a row.
 * @throws MappingNeeded when somebody has to say which column or sheet is meant; FileRefused
 */
export async function* readWithdrawals(
  chunks: Chunks,
  said: { sheet?: string | undefined; columns?: ColumnMapping | undefined } = {},
): AsyncGenerator<WithdrawalBatch> {
  const {
    encoding,
    groups,
    notes,
    sheet: sheetRead,
    candidates,
    otherSheets,
  } = await recordsOf(chunks, said.sheet)
  const numbers = new NumberSheet(said.columns)
  const batch = () => ({
    ...{ rows: numbers.harvest(), processed: numbers.processed, head: numbers.layout.head },
    ...{ encoding, notes, sheetRead, candidates, otherSheets },
  })
  for await (const group of groups) {
    for (const record of group) numbers.take(record)
    if (numbers.hasRows()) yield batch()
  }
  numbers.close()
  if (numbers.hasRows()) yield batch()
  if (numbers.processed === 0) throw refused('empty-file')
}

/** One file being read. Keeps its first rows until the column of numbers is known. */
class NumberSheet {
  processed = 0
  #line = 0
  #first: NumberedRow[] = []
  #layout: NumberLayout | null = null
  #rows: Withdrawal[] = []
  readonly #mapping: ColumnMapping | undefined

  constructor(mapping: ColumnMapping | undefined) {
    this.#mapping = mapping
  }

  get layout(): NumberLayout {
    return (this.#layout ??= this.#begin())
  }

  take(cells: string[]): void {
    this.#line++
    if (cells.every((cell) => compact(cell) === '')) return
    const row = { number: this.#line, cells }
    if (this.#layout) return this.#takeRow(row, this.#layout)
    this.#first.push(row)
    if (this.#first.length >= HEAD_WITHIN) this.#layout = this.#begin()
  }

  /** @throws MappingNeeded, FileRefused when the file ended before its column was known */
  close(): void {
    this.#layout ??= this.#begin()
  }

  hasRows(): boolean {
    return this.#rows.length > 0
  }

  harvest(): Withdrawal[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #begin(): NumberLayout {
    const layout = layoutOfNumbers(this.#first, this.#mapping)
    for (const row of this.#first.slice(layout.end)) this.#takeRow(row, layout)
    this.#first = []
    return layout
  }

  #takeRow({ number: row, cells }: NumberedRow, { number, reason }: NumberLayout): void {
    if (++this.processed > MOST_ROWS) throw refused('too-many-rows', String(MOST_ROWS))
    const why = (cells[reason] ?? '').trim().slice(0, LONGEST_REASON)
    const externalId = warningNumberOf(cells[number] ?? '')
    this.#rows.push({ row, externalId, reason: isPlaceholder(why.replace(/\s+/g, '')) ? null : why })
  }
}
