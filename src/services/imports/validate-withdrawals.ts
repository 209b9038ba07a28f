import { SheetNeeded } from '../../ledgers/mapping.ts'
import { FileRefused } from '../../ledgers/read-warnings.ts'
import { inTransaction, type Sql } from '../../db/pool.ts'
import type { BaseDeps, EncryptionDeps, Heartbeat } from '../deps.ts'
import { plainChunks } from './stage-upload.ts'
import { stageWithdrawals } from './stage-withdrawals.ts'
import { clearStaging } from './staging.ts'
import { type ImportRow, type Progress, updateImport } from './store.ts'
import { orSuperseded } from './superseded.ts'
import { NOTHING_READ } from './tally.ts'

/** Reads a file of withdrawals. What it proposes waits for somebody to confirm it. */
export async function validateWithdrawals(
  deps: BaseDeps & EncryptionDeps,
  found: ImportRow,
  beat: Heartbeat,
): Promise<void> {
  const { pool } = deps
  await inTransaction(pool, async (tx) => {
    // First of all: it waits for a batch of another attempt, which is then cleared away as well.
    await orSuperseded(updateImport(tx, found.id, NOTHING_READ, 'validating'))
    await clearStaging(tx, found.id)
  })
  const save = (tx: Sql, tally: Progress, before: number) =>
    orSuperseded(updateImport(tx, found.id, tally, 'validating', before))
  const tally = await stageWithdrawals(deps, found, () => plainChunks(deps, found.id), save, beat).catch(
    refuseSeveralSheets,
  )
  await orSuperseded(updateImport(pool, found.id, { ...tally, state: 'validated' }, 'validating', tally.rows))
}

/** Nobody is asked which sheet of such a file is meant. @throws FileRefused instead of the question */
function refuseSeveralSheets(error: unknown): never {
  if (!(error instanceof SheetNeeded)) throw error
  const names = error.sheets.map(({ name }) => `“${name}”`).join('、')
  throw new FileRefused('no-such-sheet', `工作簿里有几张表:${names}。请只留撤回的编号一张表,另存后再导入。`)
}
