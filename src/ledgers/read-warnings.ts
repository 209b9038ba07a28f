import { dayOf, type Instant } from '../domain/time/days.ts'
import { records } from './csv-read.ts'
import { type Chunks, type Encoding, encodingOf } from './decode.ts'
import { FileRefused } from './refusals.ts'
import type { ColumnMapping, WordMapping } from './mapping.ts'
import type { RowError } from './row-error.ts'
import { checkContext } from './check-row.ts'
import { Sheet } from './sheet.ts'
import { townFinder } from './towns.ts'
import type { UnknownWord } from './unknown-words.ts'
import type { WarningRow } from './warning-row.ts'

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
  /** With the last batch: what stands above, among or below the rows and is none. */
  skipped?: { row: number; what: string }[]
  /** Those of the whole file stand in its last batch. */
  unknownWords: UnknownWord[]
}

/** What a file is read against. */
export type ReadContext = {
  towns: readonly { code: string; name: string }[]
  /** The places above the towns, the widest first: 陕西省, 安康市, 紫阳县. */
  county?: readonly string[] | undefined
  now: Instant
  /** What the county explained before. */
  words?: WordMapping | undefined
  /** Whether the file is a spreadsheet that counts days from 1904. */
  date1904?: boolean | undefined
  /** What the county said of the columns. */
  columns?: ColumnMapping | undefined
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
export async function* readWarnings(chunks: Chunks, context: ReadContext): AsyncGenerator<ReadBatch> {
  const encoding = await encodingOf(chunks)
  const { towns, county, now, words, date1904 } = context
  const townOf = townFinder(towns, county, words?.town)
  const checks = checkContext({ townOf, words, now, today: dayOf(now), date1904 })
  const sheet = new Sheet(checks)
  let yielded = -1
  const batch = (unknownWords: UnknownWord[] = []): ReadBatch => ({
    ...sheet.harvest(),
    ...{ processed: (yielded = sheet.processed), encoding, unknownWords },
  })
  try {
    for await (const group of records(chunks, encoding))
      for (const record of group) {
        sheet.take(record)
        if (sheet.processed - Math.max(yielded, 0) === BATCH) yield batch()
      }
    sheet.close()
    const unknownWords = checks.unknown.list()
    if (sheet.processed !== yielded || unknownWords.length > 0) yield batch(unknownWords)
  } catch (error) {
    if (error instanceof FileRefused) error.rows = sheet.processed
    throw error
  }
}
