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
  const tally = await stageWithdrawals(deps, found, () => plainChunks(deps, found.id), save, beat)
  await orSuperseded(updateImport(pool, found.id, { ...tally, state: 'validated' }, 'validating', tally.rows))
}
