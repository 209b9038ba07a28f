import type { Pool } from '../db/pool.ts'

export type Ticks = { tickDeadline(deadline: string, poke: number): Promise<unknown> }
export type CourierTicks = { tickCourier(county: string, poke: number): Promise<unknown> }

/** What a planted fault works with. `acted`: called each time that it did something, so that one that never did is noticed. */
export type Planting = { pool: Pool; acted(): void }

/** Changes rows as a bug would. @returns whether there were any */
export async function spoil(
  { pool, acted }: Planting,
  sql: string,
  values: readonly unknown[] = [],
): Promise<boolean> {
  const { rowCount } = await pool.query(sql, [...values])
  const did = (rowCount ?? 0) > 0
  if (did) acted()
  return did
}
