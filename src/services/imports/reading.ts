import type { Instant } from '../../domain/time/days.ts'
import type { ColumnMapping, WordMapping } from '../../ledgers/mapping.ts'
import type { Chunks } from '../../ledgers/decode.ts'
import type { ExplainedWord } from '../../ledgers/explained-words.ts'
import type { FileHead, SkippedRow } from '../../ledgers/read-warnings.ts'
import type { BaseDeps, EncryptionDeps, Heartbeat } from '../deps.ts'
import type { Office } from '../people/offices.ts'
import { chunkContext } from '../vault/encryption-context.ts'
import { decryptBytes } from '../vault/encryption.ts'
import type { UnknownWord } from './findings.ts'
import type { Forecaster } from './forecast.ts'
import { readChunks } from './staging.ts'
import type { ImportRow } from './store.ts'
import type { Tally } from './tally.ts'

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
/** What is known of a file before it is read. */
export type Mapping = {
  columns: ColumnMapping | undefined
  words: WordMapping
  sheet: string | undefined
}
/** What came of it. `unexplained` rows have a level or a town that nobody knows. */
export type Staged = {
  tally: Omit<Tally, 'forecast'> & Pick<ImportRow, 'forecast'>
  head: FileHead | null
  words: UnknownWord[]
  skipped: SkippedRow[]
  unexplained: number
  notes: readonly string[]
  sheetRead: string | null
  candidates: string | null
  otherSheets: readonly string[]
  explained: readonly ExplainedWord[]
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
 * Opens the upload in the clear, piece by piece. To tell what a file is takes several passes: one of a single piece, as most are,
 * is fetched for the first of them.
 */
export function plainChunks(deps: BaseDeps & EncryptionDeps, importId: string): Chunks {
  let whole: Buffer | null = null
  return async function* () {
    if (whole !== null) return yield whole
    let seq = 0
    for await (const { encrypted, keyId, more } of readChunks(deps.pool, importId)) {
      const piece = decryptBytes(deps.keys, chunkContext(importId, seq), encrypted, keyId)
      if (seq === 0 && !more) whole = piece
      seq += 1
      yield piece
    }
  }
}
