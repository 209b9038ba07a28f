import { rosterHouseholds } from '../../db/schema/index.ts'
import type { Sql } from '../../db/pool.ts'
import { columns, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { type Keyring, lookUpIndexes } from '../vault/encryption.ts'
import { personBehind } from './find-related.ts'

const ENTRY = columns(rosterHouseholds, 'h', ['id', 'group', 'cover', 'coveredSince', 'removedAt'])
type Entry = RowsOf<typeof ENTRY>
export type OnRoster = Omit<Entry, 'removedAt'>

/**
 * The household behind these obligations on the roster of their county, by its number; undefined where it is not there. `ids`: also those
 * under which it stood there before.
 */
export async function onRoster(
  sql: Sql,
  keys: Keyring,
  id: string,
): Promise<{ entry: OnRoster | undefined; ids: string[] }> {
  const { idNo = '' } = (await personBehind(sql, keys, id)) ?? {}
  if (idNo === '') return { entry: undefined, ids: [] }
  const found = await selectRows(
    sql,
    ENTRY,
    `from roster_households h where h.county = (select county from obligations where id = $1)
        and h.id_no_index = any($2)`,
    [id, lookUpIndexes(keys, 'idNo', idNo)],
  )
  const { removedAt: _, ...entry } = found.find(({ removedAt }) => removedAt === null) ?? {}
  return { entry: 'id' in entry ? entry : undefined, ids: found.map((one) => one.id) }
}
