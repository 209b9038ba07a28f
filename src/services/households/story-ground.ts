import { rosterHouseholds } from '../../db/schema/index.ts'
import { row, type Sql } from '../../db/pool.ts'
import { columns, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { rosterPerson } from '../roster/content.ts'
import { rosterHousehold } from '../roster/store.ts'
import type { Keyring, Person } from '../vault/encryption.ts'
import { householdBehind, indexesOf, indexesOfNumber, relatedTo } from './find-related.ts'

const ENTRY = columns(rosterHouseholds, 'h', ['id', 'office', 'group', 'cover', 'coveredSince', 'removedAt'])
type Entry = RowsOf<typeof ENTRY>
export type OnRoster = Omit<Entry, 'removedAt'>

/** What a story of a household is made of. */
export type StoryGround = {
  county: string
  /** Its obligations, the earliest first. */
  ids: string[]
  /** Every blind index of its number; none for a reader who sees no households. */
  indexes: Buffer[]
  /** Where it stands on the roster of its county; undefined where it does not, or nobody may tell by its number. */
  entry: OnRoster | undefined
  /** Under which ids it stands there, or stood before. */
  roster: string[]
  /** Who it is by the roster; null where the story begins with an obligation, or the reader sees no households. */
  person: Person | null
}

/**
 * The household behind one of its obligations, or behind its place on the roster of its county; undefined for an id that is neither, or
 * that the reader does not see. @param byNumber false for a reader who sees no households: they are shown the links alone
 */
export async function storyGround(
  sql: Sql,
  keys: Keyring,
  id: string,
  byNumber: boolean,
): Promise<StoryGround | undefined> {
  const asked = await row<{ county: string }>(sql, 'select county from obligations where id = $1', [id])
  return asked ? ofObligation(sql, keys, { id, ...asked }, byNumber) : ofRoster(sql, keys, id, byNumber)
}

async function ofObligation(
  sql: Sql,
  keys: Keyring,
  { id, county }: { id: string; county: string },
  byNumber: boolean,
): Promise<StoryGround> {
  const { ids, indexes: own } = await householdBehind(sql, keys, { id, county }, byNumber)
  const indexes = byNumber ? [...own, ...(await indexesOf(sql, ids))] : []
  return { county, ids, indexes, ...(await onRoster(sql, county, own)), person: null }
}

async function ofRoster(
  sql: Sql,
  keys: Keyring,
  id: string,
  byNumber: boolean,
): Promise<StoryGround | undefined> {
  const found = await rosterHousehold(sql, id)
  if (!found) return undefined
  const { county, office, group, cover, coveredSince } = found
  const entry = { id, office, group, cover, coveredSince }
  if (!byNumber) return { county, ids: [], indexes: [], entry, roster: [], person: null }
  const person = found.anonymisedWall === null ? rosterPerson(keys, found) : null
  const own = indexesOfNumber(keys, person?.idNo ?? '')
  const ids = await relatedTo(sql, { county, begins: [], indexes: own }, byNumber)
  const indexes = [...own, ...(await indexesOf(sql, ids))]
  const { roster } = await onRoster(sql, county, own)
  return { county, ids, indexes, entry, roster: [...new Set([id, ...roster])], person }
}

/** The household of a number on the roster of a county. */
async function onRoster(
  sql: Sql,
  county: string,
  indexes: readonly Buffer[],
): Promise<Pick<StoryGround, 'entry' | 'roster'>> {
  if (indexes.length === 0) return { entry: undefined, roster: [] }
  const here = 'from roster_households h where h.county = $1 and h.id_no_index = any($2)'
  const found = await selectRows(sql, ENTRY, here, [county, indexes])
  const { removedAt: _, ...entry } = found.find(({ removedAt }) => removedAt === null) ?? {}
  return { entry: 'id' in entry ? entry : undefined, roster: found.map((one) => one.id) }
}
