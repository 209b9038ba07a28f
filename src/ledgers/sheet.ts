import { type CheckContext, checkRow } from './check-row.ts'
import { type Layout } from './columns.ts'
import { type DecorationFinder, decorationFinder, type SkippedRow } from './decorations.ts'
import { EndEarlyWatch } from './end-early.ts'
import { namesNoHour } from './issue-time.ts'
import type { ColumnMapping } from './mapping.ts'
import { layoutOfRows, ROWS_TO_KNOW_THE_COLUMNS } from './find-layout.ts'
import type { NumberedRow } from './head.ts'
import { type MendedCells, mendedRow } from './mended-cells.ts'
import { compact } from './normalise.ts'
import { refused } from './refusals.ts'
import { mendableHead, type RefusedHead, type RefusedRow } from './refused-row.ts'
import { RowNumberWatch } from './row-numbers.ts'
import type { FileHead } from './survey.ts'
import { rowError, type RowError } from './row-error.ts'
import { fileLedger } from './seen.ts'
import { undecidedFinder } from './undecided.ts'
import type { WarningRow } from './warning-row.ts'

export const MOST_ROWS = 200_000
/** Blank lines count too: a spreadsheet often exports all lines it can hold. */
const MOST_LINES = 1_048_576
/** A head that comes again on each page would fill the list. */
const MOST_SKIPPED = 100

/** What old programs write behind the last line (Ctrl-Z). */
const END_OF_FILE = '\x1a'

/** How a row becomes a warning, and where. */
type Reading = {
  layout: Layout
  decorationOf: DecorationFinder
  isUndecided: (cells: readonly string[]) => boolean
}

/** What the rows since the last call gave. */
type Harvest = {
  rows: WarningRow[]
  errors: RowError[]
  refused: RefusedRow[]
  refusedHead: RefusedHead
  skipped: SkippedRow[]
  /** Of the good rows, those that were refused before beside another with their number. */
  undecided: number[]
  /** The good rows as they stand in the file, where they are kept. */
  taken: RefusedRow[]
}

/**
 * One file being read. Keeps its first rows until the columns are known, numbers rows as a spreadsheet does, and
 * separates good rows from refused ones and from those that are no warnings.
 */
export class Sheet {
  /** Rows read so far, without the head, blank rows and those that are no warnings. */
  processed = 0
  /** Of the good rows, how many name a day and no hour. */
  withoutHour = 0
  /** Which good rows end before their last columns. */
  readonly endEarly = new EndEarlyWatch()
  /** Known with the columns; null where the file has none. */
  head: FileHead | null = null
  #number = 0
  #first: NumberedRow[] = []
  #reading: Reading | null = null
  #rows: WarningRow[] = []
  #errors: RowError[] = []
  #refused: RefusedRow[] = []
  #refusedHead: RefusedHead = { header: [], names: {}, at: {} }
  #skipped: SkippedRow[] = []
  #undecided: number[] = []
  #taken: RefusedRow[] = []
  #allSkipped = 0
  readonly #sight = fileLedger()
  readonly #rowNumbers = new RowNumberWatch()
  readonly #context: CheckContext
  readonly #mapping: ColumnMapping | undefined
  readonly #keepsTaken: boolean
  readonly #mended: MendedCells

  /** @param how whether good rows are kept as they stand, and what was typed in place of cells */
  constructor(
    context: CheckContext,
    mapping?: ColumnMapping,
    how: { keepsTaken?: boolean | undefined; mended?: MendedCells } = {},
  ) {
    this.#context = context
    this.#mapping = mapping
    this.#keepsTaken = how.keepsTaken ?? false
    this.#mended = how.mended ?? {}
  }

  /**
   * Takes the next record of the file. @throws MappingNeeded while its columns are not known; FileRefused without
   * a head, and beyond MOST_ROWS rows
   */
  take(record: string[]): void {
    if (++this.#number > MOST_LINES) throw refused('too-many-rows', String(MOST_LINES))
    if (record.every((cell) => cell === '' || cell === END_OF_FILE || compact(cell) === '')) return
    if (this.#reading) return this.#takeRow(this.#number, record, this.#reading)
    this.#first.push({ number: this.#number, cells: record })
    if (this.#first.length >= ROWS_TO_KNOW_THE_COLUMNS) this.#begin()
  }

  /** Returns the good rows, the errors, the refused rows and those passed over since the last call. */
  harvest(): Harvest {
    const harvest = {
      ...{ rows: this.#rows, errors: this.#errors, skipped: this.#skipped },
      ...{ refused: this.#refused, refusedHead: this.#refusedHead },
      ...{ undecided: this.#undecided, taken: this.#taken },
    }
    this.#undecided = []
    this.#taken = []
    this.#refused = []
    this.#rows = []
    this.#errors = []
    this.#skipped = []
    return harvest
  }

  /**
   * @throws FileRefused or MappingNeeded when the file ended before its columns were known; FileRefused when a
   * column of it cannot be trusted
   */
  close(): void {
    if (!this.#reading) this.#begin()
    this.#context.idNumbers.close()
    this.#context.externalIds.close()
    if (this.#rowNumbers.onlyCounts()) throw refused('row-numbers', this.#numberColumn())
  }

  #begin(): void {
    const { head, header, layout, above, below } = layoutOfRows(this.#first, this.#context, this.#mapping)
    const reading = {
      layout,
      decorationOf: decorationFinder(layout, above),
      isUndecided: undecidedFinder(header),
    }
    this.head = head
    this.#refusedHead = mendableHead(header, layout)
    this.#reading = reading
    this.#first = []
    for (const { number, cells } of below) this.#takeRow(number, cells, reading)
  }

  #takeRow(number: number, cells: string[], { layout, decorationOf, isUndecided }: Reading): void {
    const record = mendedRow(this.#mended, number, cells)
    const what = decorationOf(record)
    if (what !== null) return this.#skip(number, what)
    if (++this.processed > MOST_ROWS) throw refused('too-many-rows', String(MOST_ROWS))
    this.#rowNumbers.see(record[layout.at.externalId] ?? '')
    const checked = checkRow(number, record, layout, this.#context)
    if (Array.isArray(checked)) return this.#refuse(number, record, checked)
    const sighting = this.#sight(checked)
    if (sighting.is === 'new') {
      if (namesNoHour(record[layout.at.issuedAt] ?? '', checked)) this.withoutHour++
      this.endEarly.see(number, record, layout)
      if (isUndecided(record)) this.#undecided.push(number)
      if (this.#keepsTaken) this.#taken.push({ row: number, cells: record })
      return void this.#rows.push(checked)
    }
    const error = rowError(number, layout.names.externalId, sighting.is, sighting.first)
    if (sighting.is === 'repeated') this.#refuse(number, record, [error])
    else this.#errors.push(error)
  }

  /** The row is kept as it stands in the file, so that it can be mended. */
  #refuse(row: number, cells: string[], errors: readonly RowError[]): void {
    this.#errors.push(...errors)
    this.#refused.push({ row, cells })
  }

  #numberColumn(): string {
    return `“${this.#reading?.layout.names.externalId ?? ''}”`
  }

  #skip(row: number, what: string): void {
    if (++this.#allSkipped <= MOST_SKIPPED) this.#skipped.push({ row, what })
  }
}
