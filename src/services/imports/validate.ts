import { COLUMNS } from '../../ledgers/columns.ts'
import { type ColumnMapping, MappingNeeded, SheetNeeded } from '../../ledgers/mapping.ts'
import { mergeColumns } from '../../ledgers/merge-mapping.ts'
import { placesOf } from '../../ledgers/place-path.ts'
import { FileRefused } from '../../ledgers/read-warnings.ts'
import { inTransaction, type Pool } from '../../db/pool.ts'
import type { BaseDeps, Heartbeat, EncryptionDeps } from '../deps.ts'
import { officesAbove, townsOf } from '../people/offices.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { asksForWords, finishReading, refuseFile, stopForSurvey, stopForWords } from './end-reading.ts'
import { FINDINGS_DROPPED } from './findings.ts'
import { forecaster } from './forecast.ts'
import { answeredByName, type KnownMapping, knownMapping } from './known-mapping.ts'
import { HeadKnown, type Mapping, type Reading, type Staged } from './reading.ts'
import { stageUpload } from './stage-upload.ts'
import { stageWithdrawals } from './stage-withdrawals.ts'
import { clearStaging, dropUpload } from './staging.ts'
import { importById, lockImport, updateImport } from './store.ts'
import { ImportSuperseded, orSuperseded } from './superseded.ts'
import { NOTHING_READ } from './tally.ts'

/**
 * Reads an upload row by row into staging: the good ones encrypted, the others refused by row, column and rule (R11). Where
 * columns or words cannot be known without asking, the import waits for somebody to say what they mean.
 */
export async function validateUpload(
  deps: BaseDeps & EncryptionDeps,
  importId: string,
  beat: Heartbeat,
): Promise<void> {
  const { pool } = deps
  const found = await importById(pool, importId)
  if (found?.state !== 'validating') return
  const { county } = found
  const [now, towns, above] = await Promise.all([
    businessNow(pool),
    townsOf(pool, county),
    officesAbove(pool, county),
  ])
  const [forecast, known] = await Promise.all([
    forecaster(pool, county, now),
    knownMapping(pool, found, towns),
  ])
  const reading: Reading = { deps, found, now, towns, places: placesOf(above), beat, forecast }
  try {
    await readOrAsk(reading, known)
  } catch (error) {
    if (error instanceof ImportSuperseded) return forgetCancelled(pool, importId)
    if (!(error instanceof FileRefused)) throw error
    await refuseFile(reading, error)
  }
}

async function readOrAsk(reading: Reading, known: KnownMapping): Promise<void> {
  try {
    const staged = await readKnown(reading, known)
    if (asksForWords(staged, reading.found)) await stopForWords(reading, known, staged)
    else await finishReading(reading, known, staged)
  } catch (error) {
    if (!(error instanceof MappingNeeded)) throw error
    await stopForSurvey(reading, error)
  }
}

/** Reads once more where the county has said of other files what this one asks: the same columns are not asked about twice. */
async function readKnown(reading: Reading, known: KnownMapping): Promise<Staged> {
  try {
    return await readSheet(reading, known)
  } catch (error) {
    const said = error instanceof MappingNeeded ? answeredByName(known, error.survey) : null
    if (said === null) throw error
    const staged = await readSheet(reading, { ...known, given: mergeColumns(said, known.given) })
    const named = Object.entries(said).map(
      ([name, field]) => `${name}→${field === null ? '不用' : COLUMNS[field]}`,
    )
    return { ...staged, notes: [`照记住的列:${named.join('、')}。`, ...staged.notes] }
  }
}

/** Reads the sheet that was said of this file, else the one that was said of a workbook with the same sheets before. */
async function readSheet(reading: Reading, known: KnownMapping): Promise<Staged> {
  try {
    return await readMapped(reading, known, known.sheet)
  } catch (error) {
    const sheet = error instanceof SheetNeeded ? known.sheets.get(error.survey.head) : undefined
    if (sheet === undefined) throw error
    const { deps, found } = reading
    await orSuperseded(updateImport(deps.pool, found.id, { givenSheet: sheet }, 'validating'))
    const staged = await readMapped(reading, known, sheet)
    return { ...staged, notes: [rememberedWords(sheet), ...staged.notes] }
  }
}

/** A sheet that was taken without a question is told of. */
function rememberedWords(sheet: string): string {
  return `注意:没有问要哪张表,照本县以前说明的用了“${sheet}”。不要再这样的,在“记住的列和词”里忘记它。`
}

/** Reads with what was said of this file; once more where the head turns out to be one of which something was said before. */
async function readMapped(
  reading: Reading,
  { given, byHead, words }: KnownMapping,
  sheet: string | undefined,
): Promise<Staged> {
  const knowsMore = (head: string) => Object.keys(byHead.get(head) ?? {}).some((name) => !(name in given))
  try {
    return await readAnew(reading, { columns: saidOf(given), words, sheet }, knowsMore)
  } catch (error) {
    const head = headOf(error)
    if (head === null || !knowsMore(head)) throw error
    const columns = mergeColumns(byHead.get(head) ?? null, given)
    return await readAnew(reading, { columns, words, sheet }, () => false)
  }
}

/** Nothing said is no answer: a column that nobody named would count as one that the file has not. */
function saidOf(given: ColumnMapping): ColumnMapping | undefined {
  return Object.keys(given).length > 0 ? given : undefined
}

function headOf(error: unknown): string | null {
  if (error instanceof HeadKnown) return error.head
  return error instanceof MappingNeeded ? error.survey.head : null
}

async function readAnew(
  reading: Reading,
  mapping: Mapping,
  isKnown: (head: string) => boolean,
): Promise<Staged> {
  const { deps, found } = reading
  await inTransaction(deps.pool, async (tx) => {
    // First of all: it waits for a batch of another attempt, which is then cleared away as well.
    await orSuperseded(updateImport(tx, found.id, { ...NOTHING_READ, ...FINDINGS_DROPPED }, 'validating'))
    await clearStaging(tx, found.id)
  })
  const stage = found.kind === 'withdrawals' ? stageWithdrawals : stageUpload
  return stage(reading, mapping, isKnown)
}

/** What was read of a file that nobody wants any more. Whoever was only overtaken leaves everything to the other attempt. */
function forgetCancelled(pool: Pool, importId: string): Promise<void> {
  return inTransaction(pool, async (tx) => {
    if ((await lockImport(tx, importId))?.state !== 'cancelled') return
    await clearStaging(tx, importId)
    await dropUpload(tx, importId)
  })
}
