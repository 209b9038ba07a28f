import type { Reach } from '../../domain/obligation/roster-words.ts'
import type { Sql } from '../../db/pool.ts'
import type { Keyring } from '../vault/encryption.ts'
import { rosterPerson } from './content.ts'
import { type ReachedHousehold, searchRoster } from './store.ts'

/** The most households that are counted at once: which village each is of, is encrypted. */
const MOST = 20_000

/** Of a village, or of a town's households without one, how many the work has come to how far. */
export type VillageCount = { office: string; village: string; reach: Reach; households: number }

/** Thrown where more households are asked for than are counted at once. */
export class TooManyHouseholds extends Error {
  override readonly name = 'TooManyHouseholds'
  readonly most = MOST
}

/**
 * The roster by village, of the offices that the reader sees (R18: town and village reach all of them). The uncovered whose names are
 * deleted are nobody's to reach.
 * @param reader `personal`: whether they may know the villages; to others each town is one
 * @throws TooManyHouseholds, UnknownKey, DecryptionFailed
 */
export async function countVillages(
  sql: Sql,
  keys: Keyring,
  office: string | null,
  { personal }: { personal: boolean },
): Promise<VillageCount[]> {
  const found = await searchRoster(sql, { office }, { after: null, limit: MOST + 1 })
  if (found.length > MOST) throw new TooManyHouseholds()
  const counts = new Map<string, VillageCount>()
  for (const row of found) {
    if (row.anonymisedWall !== null && row.cover === 'none') continue
    const village = personal ? villageOf(keys, row) : ''
    const key = [row.office, village, row.reach].join('|')
    const known = counts.get(key) ?? { office: row.office, village, reach: row.reach, households: 0 }
    counts.set(key, { ...known, households: known.households + 1 })
  }
  return [...counts.values()]
}

function villageOf(keys: Keyring, row: ReachedHousehold): string {
  return row.anonymisedWall === null ? rosterPerson(keys, row).village : ''
}
