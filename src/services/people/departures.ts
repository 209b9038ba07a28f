import { insertRow } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import { departures } from '../../db/schema/index.ts'
import { poke } from '../watching/pokes.ts'

export type Offboarding = RowOf<typeof departures, 'person' | 'office'>

/**
 * Queues an offboarding: somebody left (`office` null) or has no role in an office any more. The gate cannot
 * read obligations, so the courier does the rest.
 */
export async function queueOffboarding(
  gate: Sql,
  county: string,
  { person, office }: Offboarding,
): Promise<void> {
  await insertRow(gate, departures, { county, person, office })
  await poke(gate, 'courier', [county])
}
