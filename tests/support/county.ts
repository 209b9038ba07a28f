import type { Instant } from '../../src/domain/time/days.ts'
import { setClock } from '../../src/services/schedule/clock.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export const COUNTY = 'sn.ak.zy'
export const TOWN = `${COUNTY}.maoba`

/** The sample county in a database of its own, on a stepped clock that stands at `now`. */
export async function createCounty(now: Instant): Promise<TestDatabase> {
  const database = await createTestDatabase('county')
  await setClock(database.pool, { mode: 'stepped', businessAt: now })
  return database
}
