import { mergeColumns } from '../../ledgers/merge-mapping.ts'
import { type MappingNeeded, SheetNeeded } from '../../ledgers/mapping.ts'
import type { FileRefused } from '../../ledgers/read-warnings.ts'
import { inTransaction, type Sql } from '../../db/pool.ts'
import { encryptedFindings, type Findings, NO_FINDINGS, type UnknownWord } from './findings.ts'
import { MOST_WORDS } from '../../ledgers/unknown-words.ts'
import { goneKey, type KnownMapping, storedWords } from './known-mapping.ts'
import { raisesOnly } from './reach.ts'
import { countUse, rememberColumns, rememberWords } from './remembered.ts'
import type { Reading, Staged } from './reading.ts'
import { wordsByMemory } from './words-by-memory.ts'
import { clearStaging, dropUpload } from './staging.ts'
import { type ImportRow, updateImport } from './store.ts'
import { orSuperseded } from './superseded.ts'
import { NOTHING_READ } from './tally.ts'
import { meaningsOf } from '../../ledgers/word-meanings.ts'

/** Fewer rows with a strange word are refused one by one, as a slip of the pen is. */
const FEWEST_ROWS = 2

/**
 * Whether so many rows have a level or a town that nobody knows that the file is asked about before any of it is
 * registered: more than half, and at least two.
 */
export function asksForWords(
  { tally, words, unexplained }: Pick<Staged, 'tally' | 'words' | 'unexplained'>,
  { refuseUnknown }: Pick<ImportRow, 'refuseUnknown'>,
): boolean {
  const needed = (['level', 'town'] as const).map((field) => words.filter((word) => word.field === field))
  // A row without any word is refused too, and no answer would mend it. Beyond so many words not all of them are counted.
  const counted = needed.flat().reduce((sum, word) => sum + word.rows, 0)
  const all = needed.every((list) => list.length < MOST_WORDS)
  const rows = all ? Math.min(unexplained, counted) : unexplained
  return !refuseUnknown && rows >= FEWEST_ROWS && rows * 2 > tally.rows
}

/** The file was read: its rows are registered, or wait for a word after a dry run. What was said of it is remembered. */
export async function finishReading(reading: Reading, known: KnownMapping, staged: Staged): Promise<void> {
  const { deps, found } = reading
  const { names, fields, samples, byName, ...findings } = findingsAfter(reading, known, staged)
  const state = found.dryRun ? ('validated' as const) : ('applying' as const)
  // Its columns can be explained anew until it is registered.
  const columns = found.dryRun
    ? { names, fields, samples, byName }
    : { names: [], fields: [], samples: [], byName: [] }
  const kept = { ...findings, ...columns }
  await inTransaction(deps.pool, async (tx) => {
    const next = { ...staged.tally, state, ...encryptedFindings(deps.keys, found.id, kept) }
    await orSuperseded(updateImport(tx, found.id, next, 'validating', staged.tally.rows))
    await rememberSaid(tx, reading, known, staged.head?.digest)
  })
}

async function rememberSaid(
  tx: Sql,
  { deps, found, now, towns }: Reading,
  { given, byHead }: KnownMapping,
  head: string | undefined,
): Promise<void> {
  const { county, givenBy, actor } = found
  const saying = { county, by: givenBy ?? actor, now, wallNow: deps.wallNow() }
  if (raisesOnly(found)) return
  const before = head === undefined ? undefined : byHead.get(head)
  if (head !== undefined && Object.keys(given).length > 0)
    await rememberColumns(tx, head, mergeColumns(before ?? null, given), saying)
  if (head !== undefined && before) await countUse(tx, county, head, now)
  await rememberWords(
    tx,
    storedWords(found.givenWords, (field) => meaningsOf(field, towns)),
    saying,
  )
}

/** Its sheet or its columns are not known: nothing of the file is kept but itself, and it waits. */
export async function stopForSurvey(reading: Reading, needed: MappingNeeded): Promise<void> {
  const { survey } = needed
  const sheets = needed instanceof SheetNeeded ? [...needed.sheets] : []
  await stopForMapping(reading, { rows: 0, encoding: null }, { ...NO_FINDINGS, survey, sheets })
}

/** Its words are not known. */
export async function stopForWords(reading: Reading, known: KnownMapping, staged: Staged): Promise<void> {
  const { rows, encoding } = staged.tally
  await stopForMapping(reading, { rows, encoding }, findingsAfter(reading, known, staged))
}

async function stopForMapping(
  { deps, found }: Reading,
  read: Pick<ImportRow, 'rows' | 'encoding'>,
  findings: Findings,
): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    const stopped = { ...NOTHING_READ, ...read, state: 'mapping-needed' as const }
    const asked = { ...stopped, ...encryptedFindings(deps.keys, found.id, findings) }
    await orSuperseded(updateImport(tx, found.id, asked, 'validating'))
    await clearStaging(tx, found.id)
  })
}

function findingsAfter(
  { found, towns }: Reading,
  { gone }: KnownMapping,
  { head, words, skipped, notes, sheetRead, candidates, otherSheets, explained }: Staged,
): Findings {
  const asked = (word: UnknownWord) => ({ ...word, formerly: gone.get(goneKey(word.field, word.word)) })
  const { names = [], fields = [], samples = [], byName = [] } = head ?? {}
  const columns = { names, fields, samples, byName }
  const told = [...notes, ...wordsByMemory(explained, found.givenWords, towns)]
  const read = { ...columns, words: words.map(asked), skipped, notes: told, sheetRead, candidates }
  return { ...NO_FINDINGS, ...read, otherSheets: [...otherSheets] }
}

/** Nothing of a refused file is kept. What was read of it was refused with it. */
export async function refuseFile(
  { deps, found, now }: Reading,
  { code, message, rows }: FileRefused,
): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    await clearStaging(tx, found.id)
    await dropUpload(tx, found.id)
    const refused = { ...NOTHING_READ, rows, refused: rows, state: 'refused' as const }
    await updateImport(
      tx,
      found.id,
      { ...refused, problem: { code, message }, finishedAt: now },
      'validating',
    )
  })
}
