import type { Sql } from '../../db/pool.ts'
import { poke } from '../watching/pokes.ts'

export type Offboarding = { person: string; office: string | null }

/**
 * Queues an offboarding: somebody left (`office` null) or has no role in an office any more. The gate cannot
 * read obligations, so the courier does the rest.
 */
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
