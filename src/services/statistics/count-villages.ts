import type { Sql } from '../../db/pool.ts'
import { conditionsOf } from '../obligations/search-conditions.ts'
import { inPlaces } from '../obligations/search-counts.ts'
import { decryptPerson, type Keyring } from '../vault/encryption.ts'
import { type CountLine, type CountTable, tableOf } from './count-table.ts'
import { ACROSS, OFFICE, type StatisticQuestion } from './count-towns.ts'
import { HOUSEHOLD_KEY, joinedKeys } from './household-keys.ts'

/** The most obligations that are counted by village at once: which village each is of, is encrypted. */
const MOST = 20_000

/** Thrown where more are asked for than are counted by village at once. */
export class TooManyToCount extends Error {
  override readonly name = 'TooManyToCount'
  readonly most = MOST
}

type Row = {
  id: string
  office: string
  code: string
  key: string | null
  encrypted: Buffer | null
  keyId: string | null
}

/**
 * Obligations and their households by village, with all totals.
 * @param personal whether the reader may know the villages; to others each town is one
 * @throws TooManyToCount, UnknownKey, DecryptionFailed
 */
export async function countVillages(
  sql: Sql,
  keys: Keyring,
  question: StatisticQuestion,
  personal: boolean,
): Promise<CountTable> {
  const joined = await joinedKeys(sql, question.scope.counties)
  const roots = new Map(joined.keys.map((key, i) => [key, joined.roots[i] ?? key]))
  const counts = new Counts()
  for (const row of await rowsOf(sql, question)) {
    const village = personal ? villageOf(keys, row) : ''
    const household = row.key === null ? null : (roots.get(row.key) ?? row.key)
    counts.add({ office: row.office, village, code: row.code }, household)
  }
  return tableOf(counts.lines())
}

async function rowsOf(sql: Sql, { search, across, scope, now }: StatisticQuestion): Promise<Row[]> {
  const where = conditionsOf(search, now, scope.held)
  inPlaces(where, search, scope)
  const text = `select o.id, ${OFFICE} as office, coalesce(${ACROSS[across]}, 'none') as code, ${HOUSEHOLD_KEY} as key,
           s.encrypted, s.key_id as "keyId"
      from obligations o join offices f on f.code = o.office
      left join subjects s on s.obligation = o.id
      ${where.text()} limit ${MOST + 1}`
  const { rows } = await sql.query<Row>({ text, values: where.values })
  if (rows.length > MOST) throw new TooManyToCount()
  return rows
}

function villageOf(keys: Keyring, { id, encrypted, keyId }: Row): string {
  return encrypted === null ? '' : decryptPerson(keys, id, encrypted, keyId).village
}

type Cell = { office: string; village: string; code: string }
type Place = Pick<CountLine, 'office' | 'village' | 'code'>

/** Counts each obligation in its cell, its row, its column and the whole. */
class Counts {
  readonly #places = new Map<string, { place: Place; items: number; households: Set<string> }>()

  add({ office, village, code }: Cell, household: string | null): void {
    const inAll = { office: null, village: null }
    for (const place of [
      { office, village, code },
      { office, village, code: null },
      { ...inAll, code },
      { ...inAll, code: null },
    ]) {
      const key = JSON.stringify(place)
      const known = this.#places.get(key) ?? { place, items: 0, households: new Set<string>() }
      known.items++
      if (household !== null) known.households.add(household)
      this.#places.set(key, known)
    }
  }

  lines(): CountLine[] {
    return [...this.#places.values()].map(({ place, items, households }) => ({
      ...place,
      ...{ items, households: households.size },
    }))
  }
}
