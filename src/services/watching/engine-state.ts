import { pokeAllWatches } from './standing-check.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { inTransaction, type Pool, row, type Sql } from '../../db/pool.ts'
import { engineState } from '../../db/schema/index.ts'

/**
 * Remembers which Temporal namespace the watches live in. Another namespace means that Temporal's state is gone:
 * all watches are poked, and within seconds everything is watched again (decision 1). @returns how many watches
 * were poked
 */
export async function noteNamespace(pool: Pool, id: string): Promise<number> {
  return inTransaction(pool, async (tx) => {
    const known = await row<{ value: string }>(
      tx,
      `select value from engine_state where name = 'namespace' for update`,
    )
    if (known?.value === id) return 0
    await setState(tx, 'namespace', id)
    return pokeAllWatches(tx)
  })
}

/** Small facts about this installation. */
export async function readState(sql: Sql, name: string): Promise<string | null> {
  return (
    (await row<{ value: string }>(sql, 'select value from engine_state where name = $1', [name]))?.value ??
    null
  )
}

export async function setState(sql: Sql, name: string, value: string): Promise<void> {
  const onConflict = '(name) do update set value = excluded.value'
  await insertRow(sql, engineState, { name, value }, { onConflict })
}
