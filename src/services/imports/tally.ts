import { REMARK } from '../../ledgers/remark.ts'
import type { ReadBatch, WarningRow } from '../../ledgers/read-warnings.ts'
import { addToForecast, emptyForecast, type Forecaster } from './forecast.ts'
import type { ImportErrorRow } from './staging.ts'
import type { ImportRow } from './store.ts'

/** What has been read of a file so far, and what became of it. */
export type Tally = Pick<
  ImportRow,
  | 'encoding'
  | 'rows'
  | 'accepted'
  | 'duplicates'
  | 'changed'
  | 'refused'
  | 'remarked'
  | 'byLevel'
  | 'byOffice'
> & { forecast: NonNullable<ImportRow['forecast']> }

/** Of a file that is read anew, or of which nothing was kept. */
export const NOTHING_READ = {
  ...{ rows: 0, accepted: 0, duplicates: 0, changed: 0, refused: 0, remarked: 0 },
  ...{ byLevel: {}, byOffice: {}, forecast: null },
} as const satisfies Partial<ImportRow>

export function emptyTally(): Tally {
  return { ...NOTHING_READ, encoding: null, byLevel: {}, byOffice: {}, forecast: emptyForecast() }
}

/** Adds what a batch gave. @param fresh the rows that go to staging @param notes what is told about the others */
export function countBatch(
  tally: Tally,
  batch: ReadBatch,
  fresh: readonly WarningRow[],
  notes: readonly ImportErrorRow[],
  { forecast, townName }: { forecast: Forecaster; townName: (office: string) => string },
): void {
  const refused = new Set(
    notes.filter((n) => !['duplicate', 'changed', REMARK].includes(n.rule)).map((n) => n.row),
  )
  tally.encoding = batch.encoding
  tally.rows = batch.processed
  tally.accepted += fresh.length
  tally.duplicates += notes.filter((n) => n.rule === 'duplicate').length
  tally.changed += notes.filter((n) => n.rule === 'changed').length
  tally.refused += refused.size
  tally.remarked += fresh.filter((row) => row.remarks.length > 0).length
  for (const { row, externalId, level, cause, group, officeCode, issuedOn } of fresh) {
    tally.byLevel[level] = (tally.byLevel[level] ?? 0) + 1
    tally.byOffice[officeCode] = (tally.byOffice[officeCode] ?? 0) + 1
    const named = { row, externalId, town: townName(officeCode) }
    addToForecast(tally.forecast, forecast({ level, cause, group }, issuedOn, officeCode), named)
  }
}
