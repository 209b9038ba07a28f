import { type CheckContext, checkRow } from './check-row.ts'
import { type Field, knownColumns, type Layout, layoutOf, missingColumns } from './columns.ts'
import { compact } from './normalise.ts'
import { type FileRefused, refused } from './refusals.ts'
import { rowError, type RowError } from './row-error.ts'
import { fileLedger } from './seen.ts'
import type { WarningRow } from './warning-row.ts'

export const MOST_ROWS = 200_000
/** Blank lines count too: a spreadsheet often exports all lines it can hold. */
const MOST_LINES = 1_048_576
/** One title line or several may stand above the header. */
const HEADER_WITHIN = 5

/**
 * One file being read. Finds the header, numbers rows as a spreadsheet does, and separates good rows from
 * refused ones.
 */
export class Sheet {
  /** Rows read so far, without the header and blank rows. */
  processed = 0
  #number = 0
  #aboveHeader = 0
  /** The most columns that a row above the header had in common with an export. */
  #nearest: Field[] = []
  #layout: Layout | null = null
  #rows: WarningRow[] = []
  #errors: RowError[] = []
  readonly #sight = fileLedger()
  readonly #context: CheckContext

  constructor(context: CheckContext) {
    this.#context = context
  }

  /** Takes the next record of the file. @throws FileRefused without a good header, and beyond MOST_ROWS rows */
  take(record: string[]): void {
    if (++this.#number > MOST_LINES) throw refused('too-many-rows', String(MOST_LINES))
    if (record.every((cell) => cell === '' || compact(cell) === '')) return
    if (!this.#layout) this.#takeHeader(record)
    else this.#takeRow(record, this.#layout)
  }

  /** Returns the good rows and the errors since the last call. */
  harvest(): { rows: WarningRow[]; errors: RowError[] } {
    const harvest = { rows: this.#rows, errors: this.#errors }
    this.#rows = []
    this.#errors = []
    return harvest
  }

  /** @throws FileRefused when the file ended before a header was found, or a column of it cannot be trusted */
  close(): void {
    if (!this.#layout) throw this.#aboveHeader === 0 ? refused('empty-file') : this.#noHeader()
    this.#context.idNumbers.close()
    this.#context.externalIds.close()
  }

  #takeHeader(record: string[]): void {
    this.#layout = layoutOf(record)
    if (this.#layout) return
    const known = knownColumns(record)
    if (known.length > this.#nearest.length) this.#nearest = known
    if (++this.#aboveHeader >= HEADER_WITHIN) throw this.#noHeader()
  }

  /** A row with a column or two of an export is its header: it lacks the others. */
  #noHeader(): FileRefused {
    return this.#nearest.length === 0
      ? refused('no-header')
      : refused('missing-column', missingColumns(this.#nearest))
  }

  #takeRow(record: string[], layout: Layout): void {
    if (++this.processed > MOST_ROWS) throw refused('too-many-rows', String(MOST_ROWS))
    const checked = checkRow(this.#number, record, layout, this.#context)
    if (Array.isArray(checked)) return void this.#errors.push(...checked)
    const sighting = this.#sight(checked)
    if (sighting === 'new') this.#rows.push(checked)
    else this.#errors.push(rowError(this.#number, layout.names.externalId, sighting))
  }
}
