import { dayOf, type Instant } from '../domain/time/days.ts'
import type { Chunks } from './decode.ts'
import type { ColumnMapping } from './mapping.ts'
import { type FileForm, recordsOf } from './records.ts'
import type { SkippedRow } from './decorations.ts'
import type { RowError } from './row-error.ts'
import { Sheet } from './sheet.ts'
import { townFinder } from './towns.ts'
import type { WarningRow } from './warning-row.ts'

export type { SkippedRow } from './decorations.ts'
export { MappingNeeded } from './mapping.ts'
export { FileRefused } from './refusals.ts'
export type { RowError } from './row-error.ts'
export type { WarningRow } from './warning-row.ts'

/** What the next rows gave. `processed` counts all rows read so far that should be warnings. */
export type ReadBatch = {
  rows: WarningRow[]
  errors: RowError[]
  /** Rows that are no warnings: sums, remarks, signatures, the head again. The first hundred of a file. */
  skipped: SkippedRow[]
  processed: number
  encoding: FileForm
}

/** What a file is read against. */
export type ReadContext = {
  towns: readonly { code: string; name: string }[]
  now: Instant
  /** What somebody said of the columns, as far as they said it. */
  columns?: ColumnMapping | undefined
  /** The sheet of a workbook that is meant. */
  sheet?: string | undefined
}

/**
 * Small enough that a batch is dropped before V8 collects twice; objects that survive stay until a large
 * collection.
 */
const BATCH = 250

/**
 * Reads a platform export row by row in bounded memory and yields at least one batch. @throws
 * MappingNeeded when somebody has to say what its columns are; FileRefused when the file as a whole is refused;
 * batches yielded before are then void
 */
export async function* readWarnings(chunks: Chunks, context: ReadContext): AsyncGenerator<ReadBatch> {
  const { encoding, groups } = await recordsOf(chunks, context.sheet)
  const { towns, now, columns } = context
  const sheet = new Sheet({ townOf: townFinder(towns), now, today: dayOf(now) }, columns)
  let yielded = -1
  const batch = () => ({ ...sheet.harvest(), processed: (yielded = sheet.processed), encoding })
  for await (const group of groups)
    for (const record of group) {
      sheet.take(record)
      if (sheet.processed - Math.max(yielded, 0) >= BATCH) yield batch()
    }
  sheet.close()
  const before = yielded
  const last = batch()
  if (last.processed !== before || last.skipped.length > 0) yield last
}
