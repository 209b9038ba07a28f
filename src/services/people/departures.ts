import type { Sql } from '../../db/pool.ts'
import { poke } from '../watching/pokes.ts'

export type Offboarding = { person: string; office: string | null }

/** Leaves word that somebody left (`office` null), or has no role in an office any more. The gate sees no matters. */
export async function queueOffboarding(
  gate: Sql,
  county: string,
  { person, office }: Offboarding,
): Promise<void> {
  await gate.query('insert into departures (county, person, office) values ($1, $2, $3)', [
    county,
    person,
    office,
  ])
  await poke(gate, 'courier', [county])
}
