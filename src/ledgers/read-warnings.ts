import type { Instant } from '../domain/days.ts'
import { checkRow } from './check-row.ts'
import { COLUMNS, type Layout, layoutOf } from './columns.ts'
import { records } from './csv-read.ts'
import { type Chunks, type Encoding, encodingOf } from './decode.ts'
import { compact } from './normalise.ts'
import { refused } from './refusals.ts'
import { rowError, type RowError } from './row-error.ts'
import { fileLedger } from './seen.ts'
import { townFinder } from './towns.ts'
import type { WarningRow } from './warning-row.ts'

export { FileRefused } from './refusals.ts'
export type { RowError } from './row-error.ts'
export type { WarningRow } from './warning-row.ts'

/** What the next thousand rows gave. `processed` counts all rows read so far, without the header and blank rows. */
export type ReadBatch = { rows: WarningRow[]; errors: RowError[]; processed: number; encoding: Encoding }

const BATCH = 1000
export const MOST_ROWS = 200_000
/** A title or two may stand above the header. */
const HEADER_WITHIN = 5

/**
 * Reads a platform export row by row in bounded memory, at least one batch.
 * @throws FileRefused when the file as a whole cannot be taken; what was yielded before counts for nothing then
 */
export async function* readWarnings(
  chunks: Chunks,
  context: { towns: readonly { code: string; name: string }[]; now: Instant },
): AsyncGenerator<ReadBatch> {
  const encoding = await encodingOf(chunks)
  const check = rowChecker(townFinder(context.towns), context.now)
  let layout: Layout | null = null
  let number = 0
  let processed = 0
  let batch: Pick<ReadBatch, 'rows' | 'errors'> = { rows: [], errors: [] }
  for await (const record of records(chunks, encoding)) {
    number++
    if (isBlank(record)) continue
    if (!layout) {
      layout = layoutOf(record)
      if (!layout && number >= HEADER_WITHIN) throw refused('no-header')
      continue
    }
    if (++processed > MOST_ROWS) throw refused('too-many-rows', String(MOST_ROWS))
    check(number, record, layout, batch)
    if (processed % BATCH === 0) {
      yield { ...batch, processed, encoding }
      batch = { rows: [], errors: [] }
    }
  }
  if (number === 0) throw refused('empty-file')
  if (!layout) throw refused('no-header')
  if (processed % BATCH !== 0 || processed === 0) yield { ...batch, processed, encoding }
}

function rowChecker(townOf: (cell: string) => string | undefined, now: Instant) {
  const sight = fileLedger()
  return (
    number: number,
    record: string[],
    layout: Layout,
    into: Pick<ReadBatch, 'rows' | 'errors'>,
  ): void => {
    const checked = checkRow(number, record, { layout, townOf, now })
    if (Array.isArray(checked)) {
      into.errors.push(...checked)
      return
    }
    const sighting = sight(checked)
    if (sighting === 'new') into.rows.push(checked)
    else into.errors.push(rowError(number, COLUMNS.externalId, sighting))
  }
}

function isBlank(record: string[]): boolean {
  return record.every((cell) => cell === '' || compact(cell) === '')
}
