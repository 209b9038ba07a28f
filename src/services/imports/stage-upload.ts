import { forgottenWords } from '../../ledgers/mended-cells.ts'
import { type ReadBatch, readWarnings } from '../../ledgers/read-warnings.ts'
import { inTransaction } from '../../db/pool.ts'
import { changeRulesOf } from '../../domain/obligation/change-rules.ts'
import { withoutNumberOf } from '../../domain/obligation/without-number.ts'
import { holdOffices } from '../people/offices.ts'
import { currentPolicy } from '../schedule/policies.ts'
import { addChanges } from './changes-store.ts'
import { classifyRows, encryptedOneByOne } from './classify-rows.ts'
import { askContested } from './contested.ts'
import { HeadKnown, type Mapping, plainChunks, type Reading, type Staged } from './reading.ts'
import { mendsOf } from './mended.ts'
import { keepRepeats } from './repeats.ts'
import { keepRefused } from './refused-rows.ts'
import { proposeMissing, seeNumbers } from './stage-withdrawals.ts'
import { addImportErrors, stageRows } from './staging.ts'
import { updateImport } from './store.ts'
import { orSuperseded } from './superseded.ts'
import { raisesOnly, townReached } from './reach.ts'
import { countBatch, emptyTally } from './tally.ts'
import { makeWorkBeside } from './work-beside.ts'

/**
 * Reads the upload into staging. Each batch is staged only where the one before it left off: two attempts side by side
 * never mix their rows. The next batch is read while the database takes in the one before. @param isKnown whether more is known of a file with that head
 */
export async function stageUpload(
  { deps, found, now, towns, places, forecast, beat }: Reading,
  mapping: Mapping,
  isKnown: (head: string) => boolean,
): Promise<Staged> {
  const tally = emptyTally()
  const staged: Staged = {
    tally,
    head: null,
    words: [],
    skipped: [],
    unexplained: 0,
    notes: [],
    sheetRead: null,
    candidates: null,
    otherSheets: [],
    explained: [],
  }
  let seq = 0
  const numbers = new Set<string>()
  const policy = await currentPolicy(deps.pool, found.county)
  const rules = changeRulesOf(policy)
  const comparing = { importId: found.id, county: found.county, rules, raisesOnly: raisesOnly(found) }
  const mends = await mendsOf(deps.pool, deps.keys, found.id)
  const context = {
    towns,
    county: places,
    reach: townReached(found),
    now,
    withoutNumber: withoutNumberOf(policy),
    // A number that the ledger has is refused where only new warnings are raised, and mended in its row.
    keepsTaken: raisesOnly(found),
    mended: mends.cells,
    ...mapping,
  }
  const nameOf = new Map(towns.map(({ code, name }) => [code, name]))
  const townName = (office: string) => nameOf.get(office) ?? office
  const staging = makeWorkBeside()
  try {
    for await (const batch of readWarnings(plainChunks(deps, found.id), context)) {
      addFindings(staged, batch, forgottenWords(mends.forgotten))
      const { digest } = staged.head ?? {}
      if (digest !== undefined && isKnown(digest)) throw new HeadKnown(digest)
      const classified = await classifyRows(deps, batch, comparing)
      const { accepted: fresh, rowIssues: notes, changes, mendable, repeated } = classified
      await staging.ended()
      const [before, from] = [tally.rows, seq]
      countBatch(tally, batch, fresh, notes, { forecast, townName })
      staging.begin(() =>
        inTransaction(deps.pool, async (tx) => {
          await orSuperseded(updateImport(tx, found.id, tally, 'validating', before))
          await holdOffices(
            tx,
            fresh.map(({ officeCode }) => officeCode),
          )
          await stageRows(tx, found.id, encryptedOneByOne(deps.keys, fresh))
          await addImportErrors(tx, found.id, from, notes)
          await addChanges(tx, found.id, changes)
          await keepRepeats(tx, found.id, repeated)
          await keepRefused(tx, deps.keys, found.id, { head: batch.refusedHead, rows: mendable })
        }),
      )
      if (found.completeFrom !== null) seeNumbers(numbers, batch)
      seq += notes.length
      beat(tally.rows)
    }
  } finally {
    // Whoever goes on after a refusal must not meet a batch that is still being staged.
    await staging.ended()
  }
  if (tally.changed > 0 || found.completeFrom !== null)
    await inTransaction(deps.pool, async (tx) => {
      await askContested(tx, found.id)
      await proposeMissing(tx, found, numbers)
    })
  return staged
}

/** Rules that a row breaks for a word that nobody knows, of a column that every row must have. */
const NEEDED_WORDS: readonly string[] = ['unknown-level', 'unknown-town']

/** @param told what is said of the file before what its reading says */
function addFindings(staged: Staged, batch: ReadBatch, told: readonly string[]): void {
  const {
    head,
    unknownWords,
    skipped = [],
    errors,
    notes,
    sheetRead,
    candidates,
    otherSheets,
    explained,
  } = batch
  Object.assign(staged, { notes: [...told, ...notes], sheetRead, candidates, otherSheets, explained })
  staged.head ??= head
  staged.words = unknownWords
  staged.skipped.push(...skipped)
  staged.unexplained += new Set(errors.filter((e) => NEEDED_WORDS.includes(e.rule)).map((e) => e.row)).size
}
