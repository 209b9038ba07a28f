import type { Chunks } from './decode.ts'
import { warningNumberOf } from './external-id.ts'
import { namedField } from './head.ts'
import { compact } from './normalise.ts'
import { type FileForm, recordsOf } from './records.ts'
import { refused } from './refusals.ts'

/** A warning that the platform has withdrawn. */
export type Withdrawal = { row: number; externalId: string }

const HEADER_WITHIN = 30
const MOST_ROWS = 200_000

/**
 * Reads a file of the numbers that the platform has withdrawn: a head with a column for the number, and a number a row.
 * Other columns are passed over.
 * @throws FileRefused
 */
export async function* readWithdrawals(
  chunks: Chunks,
): AsyncGenerator<{ rows: Withdrawal[]; processed: number; encoding: FileForm }> {
  const { encoding, groups } = await recordsOf(chunks)
  let line = 0
  let processed = 0
  let at = -1
  for await (const group of groups) {
    const rows: Withdrawal[] = []
    for (const record of group) {
      line++
      if (record.every((cell) => compact(cell) === '')) continue
      if (at === -1) at = numberColumn(record, line)
      else {
        if (++processed > MOST_ROWS) throw refused('too-many-rows', String(MOST_ROWS))
        rows.push({ row: line, externalId: warningNumberOf(record[at] ?? '') })
      }
    }
    if (rows.length > 0) yield { rows, processed, encoding }
  }
  if (processed === 0) throw refused('empty-file')
}

/** Where the number stands; -1 above the head. @throws FileRefused where no head comes */
function numberColumn(record: readonly string[], line: number): number {
  const at = record.findIndex((cell) => namedField(cell)?.field === 'externalId')
  if (at === -1 && line >= HEADER_WITHIN) throw refused('missing-column', '预警编号')
  return at
}
