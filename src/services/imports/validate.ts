import { chunkContext } from '../vault/encryption-context.ts'
import { decryptBytes } from '../vault/encryption.ts'
import { now as businessNow } from '../schedule/clock.ts'
import {
  addImportErrors,
  clearStaging,
  dropUpload,
  type ImportErrorRow,
  readChunks,
  stageRows,
} from './staging.ts'
import { importById, type ImportRow, lockImport, updateImport } from './store.ts'
import { officesAbove, officesUnder } from '../people/offices.ts'
import { inTransaction, type Pool } from '../../db/pool.ts'
import { REMARK } from '../../ledgers/remark.ts'
import { placesOf } from '../../ledgers/place-path.ts'
import { FileRefused, type ReadBatch, readWarnings, type WarningRow } from '../../ledgers/read-warnings.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { BaseDeps, Heartbeat, EncryptionDeps } from '../deps.ts'
import { addToForecast, emptyForecast, type Forecaster, forecaster } from './forecast.ts'
import { encryptedOneByOne, classifyRows } from './classify-rows.ts'

/** Reads an upload row by row into staging: the good ones encrypted, the others refused by row, column and rule (R11). */
export async function validateUpload(
  deps: BaseDeps & EncryptionDeps,
  importId: string,
  beat: Heartbeat,
): Promise<void> {
  const found = await importById(deps.pool, importId)
  if (found?.state !== 'validating') return
  const now = await businessNow(deps.pool)
  try {
    await inTransaction(deps.pool, async (tx) => {
      // First of all: it waits for a batch of another attempt, which is then cleared away as well.
      await orSuperseded(updateImport(tx, importId, NOTHING_READ, 'validating'))
      await clearStaging(tx, importId)
    })
    const tally = await stageAll(deps, found, now, beat)
    const next = { ...tally, state: found.dryRun ? ('validated' as const) : ('applying' as const) }
    await orSuperseded(updateImport(deps.pool, importId, next, 'validating', tally.rows))
  } catch (error) {
    if (error instanceof ImportSuperseded) return forgetCancelled(deps.pool, importId)
    if (!(error instanceof FileRefused)) throw error
    await refuse(deps.pool, importId, error, now)
  }
}

/** Thrown when somebody cancelled the import while its file was read, or another attempt took over from this one. */
class ImportSuperseded extends Error {}

async function orSuperseded(updated: Promise<boolean>): Promise<void> {
  if (!(await updated)) throw new ImportSuperseded()
}

/** What was read of a file that nobody wants any more. Whoever was only overtaken leaves everything to the other attempt. */
function forgetCancelled(pool: Pool, importId: string): Promise<void> {
  return inTransaction(pool, async (tx) => {
    if ((await lockImport(tx, importId))?.state !== 'cancelled') return
    await clearStaging(tx, importId)
    await dropUpload(tx, importId)
  })
}

async function refuse(
  pool: Pool,
  importId: string,
  { code, message }: FileRefused,
  now: Instant,
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await clearStaging(tx, importId)
    await dropUpload(tx, importId)
    await updateImport(
      tx,
      importId,
      { state: 'refused', problem: { code, message }, finishedAt: now },
      'validating',
    )
  })
}

type Tally = Pick<
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

const NOTHING_READ = { rows: 0, accepted: 0, duplicates: 0, changed: 0, refused: 0, remarked: 0 } as const

/** Each batch is staged only where the one before it left off: two attempts side by side never mix their rows. */
async function stageAll(
  deps: BaseDeps & EncryptionDeps,
  found: ImportRow,
  now: Instant,
  beat: Heartbeat,
): Promise<Tally> {
  const towns = (await officesUnder(deps.pool, found.county)).filter((o) => o.kind === 'town')
  const county = placesOf(await officesAbove(deps.pool, found.county))
  const forecast = await forecaster(deps.pool, found.county, now)
  const tally: Tally = {
    encoding: null,
    ...NOTHING_READ,
    byLevel: {},
    byOffice: {},
    forecast: emptyForecast(),
  }
  let seq = 0
  for await (const batch of readWarnings(() => plainChunks(deps, found.id), { towns, county, now })) {
    const { accepted: fresh, rowIssues: notes } = await classifyRows(deps, batch)
    const before = tally.rows
    count(tally, batch, fresh, notes, forecast)
    await inTransaction(deps.pool, async (tx) => {
      await orSuperseded(updateImport(tx, found.id, tally, 'validating', before))
      await stageRows(tx, found.id, encryptedOneByOne(deps.keys, fresh))
      await addImportErrors(tx, found.id, seq, notes)
    })
    seq += notes.length
    beat(tally.rows)
  }
  return tally
}

async function* plainChunks(deps: BaseDeps & EncryptionDeps, importId: string): AsyncGenerator<Buffer> {
  let seq = 0
  for await (const { encrypted, keyId } of readChunks(deps.pool, importId))
    yield decryptBytes(deps.keys, chunkContext(importId, seq++), encrypted, keyId)
}

function count(
  tally: Tally,
  batch: ReadBatch,
  fresh: WarningRow[],
  notes: ImportErrorRow[],
  forecast: Forecaster,
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
  for (const { level, officeCode, issuedOn } of fresh) {
    tally.byLevel[level] = (tally.byLevel[level] ?? 0) + 1
    tally.byOffice[officeCode] = (tally.byOffice[officeCode] ?? 0) + 1
    addToForecast(tally.forecast, forecast(level, issuedOn))
  }
}
