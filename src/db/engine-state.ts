import { pokeAllWatches } from './gap-store.ts'
import { inTransaction, type Pool, row } from './pool.ts'

/**
 * Remembers which Temporal namespace the watches live in. Another one than last time means that its state is gone: every
 * watch is poked, and everything is watched again within seconds (decision 1).
 * @returns how many watches were poked
 */
export async function noteNamespace(pool: Pool, id: string): Promise<number> {
  return inTransaction(pool, async (tx) => {
    const known = await row<{ value: string }>(
      tx,
      `select value from engine_state where name = 'namespace' for update`,
    )
    if (known?.value === id) return 0
    await tx.query(
      `insert into engine_state (name, value) values ('namespace', $1) on conflict (name) do update set value = $1`,
      [id],
    )
    return pokeAllWatches(tx)
  })
}
