import type { Instant } from '../../domain/time/days.ts'
import type { ColumnMapping, WordMapping } from '../../ledgers/mapping.ts'
import { type FileHead, type ReadBatch, readWarnings, type SkippedRow } from '../../ledgers/read-warnings.ts'
import { inTransaction } from '../../db/pool.ts'
import type { BaseDeps, EncryptionDeps, Heartbeat } from '../deps.ts'
import type { Office } from '../people/offices.ts'
import { chunkContext } from '../vault/encryption-context.ts'
import { decryptBytes } from '../vault/encryption.ts'
import { changeRulesOf } from '../../domain/obligation/change-rules.ts'
import { withoutNumberOf } from '../../domain/obligation/households.ts'
import { currentPolicy } from '../schedule/policies.ts'
import { addChanges } from './changes-store.ts'
import { classifyRows, encryptedOneByOne } from './classify-rows.ts'
import type { UnknownWord } from './findings.ts'
import { type Forecaster } from './forecast.ts'
import { keepRefused } from './refused-rows.ts'
import { proposeMissing, seeNumbers } from './stage-withdrawals.ts'
import { addImportErrors, readChunks, stageRows } from './staging.ts'
import { type ImportRow, updateImport } from './store.ts'
import { orSuperseded } from './superseded.ts'
import { countBatch, emptyTally, type Tally } from './tally.ts'

/** One reading of an upload. */
export type Reading = {
  deps: BaseDeps & EncryptionDeps
  found: ImportRow
  now: Instant
  towns: readonly Office[]
  /** The places above the towns, the widest first. */
  places: readonly string[]
  forecast: Forecaster
  beat: Heartbeat
}
/** What came of it. `unexplained` rows have a level or a town that nobody knows. */
export type Staged = {
  tally: Tally
  head: FileHead | null
  words: UnknownWord[]
  skipped: SkippedRow[]
  unexplained: number
  notes: readonly string[]
  candidates: string | null
}

/** Thrown when the head of a file turns out to be one of which more is known than it was read with. */
export class HeadKnown extends Error {
  readonly head: string
  constructor(head: string) {
    super('the head of the file is known')
    this.head = head
  }
}

/**
 * Reads the upload into staging. Each batch is staged only where the one before it left off: two attempts side by side
 * never mix their rows. @param isKnown whether more is known of a file with that head
 */
export async function stageUpload(
  { deps, found, now, towns, places, forecast, beat }: Reading,
  mapping: { columns: ColumnMapping | undefined; words: WordMapping; sheet: string | undefined },
  isKnown: (head: string) => boolean,
): Promise<Staged> {
  const staged: Staged = {
    tally: emptyTally(),
    head: null,
    words: [],
    skipped: [],
    unexplained: 0,
    notes: [],
    candidates: null,
  }
  const { tally } = staged
  let seq = 0
  const numbers = new Set<string>()
  const policy = await currentPolicy(deps.pool, found.county)
  const rules = changeRulesOf(policy)
  const comparing = { importId: found.id, county: found.county, rules }
  const context = { towns, county: places, now, withoutNumber: withoutNumberOf(policy), ...mapping }
  for await (const batch of readWarnings(() => plainChunks(deps, found.id), context)) {
    addFindings(staged, batch)
    const { digest } = staged.head ?? {}
    if (digest !== undefined && isKnown(digest)) throw new HeadKnown(digest)
    const { accepted: fresh, rowIssues: notes, changes } = await classifyRows(deps, batch, comparing)
    const before = tally.rows
    countBatch(tally, batch, fresh, notes, forecast)
    await inTransaction(deps.pool, async (tx) => {
      await orSuperseded(updateImport(tx, found.id, tally, 'validating', before))
      await stageRows(tx, found.id, encryptedOneByOne(deps.keys, fresh))
      await addImportErrors(tx, found.id, seq, notes)
      await addChanges(tx, found.id, changes)
      await keepRefused(tx, deps.keys, found.id, { head: batch.refusedHead, rows: batch.refused })
    })
    if (found.completeFrom !== null) seeNumbers(numbers, batch)
    seq += notes.length
    beat(tally.rows)
  }
  await inTransaction(deps.pool, (tx) => proposeMissing(tx, found, numbers))
  return staged
}

/** Rules that a row breaks for a word that nobody knows, of a column that every row must have. */
const NEEDED_WORDS: readonly string[] = ['unknown-level', 'unknown-town']

function addFindings(staged: Staged, batch: ReadBatch): void {
  const { head, unknownWords, skipped = [], errors, notes, candidates } = batch
  Object.assign(staged, { notes, candidates })
  staged.head ??= head
  staged.words = unknownWords
  staged.skipped.push(...skipped)
  staged.unexplained += new Set(errors.filter((e) => NEEDED_WORDS.includes(e.rule)).map((e) => e.row)).size
}

export async function* plainChunks(
  deps: BaseDeps & EncryptionDeps,
  importId: string,
): AsyncGenerator<Buffer> {
  let seq = 0
  for await (const { encrypted, keyId } of readChunks(deps.pool, importId))
    yield decryptBytes(deps.keys, chunkContext(importId, seq++), encrypted, keyId)
}
