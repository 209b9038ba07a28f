import { dayOf, type Instant } from '../domain/time/days.ts'
import { records } from './csv-read.ts'
import { type Chunks, type Encoding, encodingOf } from './decode.ts'
import { FileRefused } from './refusals.ts'
import type { ColumnMapping, WordMapping } from './mapping.ts'
import type { RowError } from './row-error.ts'
import { Sheet } from './sheet.ts'
import { townFinder } from './towns.ts'
import type { WarningRow } from './warning-row.ts'
import type { WordField } from './word-fields.ts'

export { FileRefused }
export type { RowError } from './row-error.ts'
export type { WarningRow } from './warning-row.ts'

/** What the next rows gave. `processed` counts all rows read so far, without the header and blank rows. */
export type ReadBatch = {
  rows: WarningRow[]
  errors: RowError[]
  processed: number
  encoding: Encoding
  /** The same for two files with the same columns. */
  head?: string
  /** With the last batch: words of lists that nobody has explained. */
  unknownWords?: { field: WordField; word: string; rows: number }[]
  /** With the last batch: what stands above, among or below the rows and is none. */
  skipped?: { row: number; what: string }[]
}

/**
 * Small enough that a batch is dropped before V8 collects twice; objects that survive stay until a large
 * collection.
 */
const BATCH = 250

/**
 * Reads a platform export row by row in bounded memory and yields at least one batch. @throws FileRefused when
 * the file as a whole is refused; batches yielded before are then void
 */
export async function* readWarnings(
  chunks: Chunks,
  context: {
    towns: readonly { code: string; name: string }[]
    now: Instant
    columns?: ColumnMapping
    words?: WordMapping
  },
): AsyncGenerator<ReadBatch> {
  const encoding = await encodingOf(chunks)
  const { towns, now } = context
  const sheet = new Sheet({ townOf: townFinder(towns), now, today: dayOf(now) })
  let yielded = -1
  const batch = () => ({ ...sheet.harvest(), processed: (yielded = sheet.processed), encoding })
  try {
    for await (const group of records(chunks, encoding))
      for (const record of group) {
        sheet.take(record)
        if (sheet.processed - Math.max(yielded, 0) === BATCH) yield batch()
      }
    sheet.close()
    if (sheet.processed !== yielded) yield batch()
  } catch (error) {
    if (error instanceof FileRefused) error.rows = sheet.processed
    throw error
  }
}
