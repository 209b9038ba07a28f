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

/** What is spoilt before each tick of a deadline. */
export function beforeDeadline<A extends Ticks>(
  activities: A,
  spoilt: (deadline: string) => Promise<unknown>,
): A {
  return {
    ...activities,
    async tickDeadline(deadline: string, poke: number) {
      await spoilt(deadline)
      return activities.tickDeadline(deadline, poke)
    },
  }
}

/** What is spoilt after each tick of a deadline. */
export function afterDeadline<A extends Ticks>(
  activities: A,
  spoilt: (deadline: string) => Promise<unknown>,
): A {
  return {
    ...activities,
    async tickDeadline(deadline: string, poke: number) {
      const answer = await activities.tickDeadline(deadline, poke)
      await spoilt(deadline)
      return answer
    },
  }
}

/** What is spoilt before each tick of a county's courier. */
export function beforeCourier<A extends CourierTicks>(
  activities: A,
  spoilt: (county: string) => Promise<unknown>,
): A {
  return {
    ...activities,
    async tickCourier(county: string, poke: number) {
      await spoilt(county)
      return activities.tickCourier(county, poke)
    },
  }
}
