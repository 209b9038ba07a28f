import { dayOf, type Instant } from '../domain/time/days.ts'
import type { Chunks } from './decode.ts'
import { type FileForm, recordsOf } from './records.ts'
import type { RowError } from './row-error.ts'
import { Sheet } from './sheet.ts'
import { townFinder } from './towns.ts'
import type { WarningRow } from './warning-row.ts'

export { FileRefused } from './refusals.ts'
export type { RowError } from './row-error.ts'
export type { WarningRow } from './warning-row.ts'

/** What the next rows gave. `processed` counts all rows read so far, without the header and blank rows. */
export type ReadBatch = { rows: WarningRow[]; errors: RowError[]; processed: number; encoding: FileForm }

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
  context: { towns: readonly { code: string; name: string }[]; now: Instant; sheet?: string },
): AsyncGenerator<ReadBatch> {
  const { encoding, groups } = await recordsOf(chunks, context.sheet)
  const { towns, now } = context
  const sheet = new Sheet({ townOf: townFinder(towns), now, today: dayOf(now) })
  let yielded = -1
  const batch = () => ({ ...sheet.harvest(), processed: (yielded = sheet.processed), encoding })
  for await (const group of groups)
    for (const record of group) {
      sheet.take(record)
      if (sheet.processed - Math.max(yielded, 0) === BATCH) yield batch()
    }
  sheet.close()
  if (sheet.processed !== yielded) yield batch()
}
