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

type Tick = (of: string, poke: number) => Promise<unknown>
/** What is spoilt, by the deadline or county whose tick it is. */
type Spoilt = (of: string) => Promise<unknown>

const before =
  (tick: Tick, spoilt: Spoilt): Tick =>
  async (of, poke) => {
    await spoilt(of)
    return tick(of, poke)
  }

/** What is spoilt before each tick of a deadline. */
export function beforeDeadline<A extends Ticks>(activities: A, spoilt: Spoilt): A {
  return { ...activities, tickDeadline: before((of, poke) => activities.tickDeadline(of, poke), spoilt) }
}

/** What is spoilt after each tick of a deadline. */
export function afterDeadline<A extends Ticks>(activities: A, spoilt: Spoilt): A {
  return {
    ...activities,
    async tickDeadline(of: string, poke: number) {
      const answer = await activities.tickDeadline(of, poke)
      await spoilt(of)
      return answer
    },
  }
}

/** What is spoilt before each tick of a county's courier. */
export function beforeCourier<A extends CourierTicks>(activities: A, spoilt: Spoilt): A {
  return { ...activities, tickCourier: before((of, poke) => activities.tickCourier(of, poke), spoilt) }
}
