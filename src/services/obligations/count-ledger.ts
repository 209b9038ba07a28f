import type { Sql } from '../../db/pool.ts'

/**
 * Lets the planner know how large the ledger has become inside this transaction: without it an import of 100,000 rows into
 * an empty ledger may take ten times as long. To be asked once the first batch is in and another follows.
 */
export async function countLedger(tx: Sql): Promise<void> {
  await tx.query('select duban_count_ledger()')
}
