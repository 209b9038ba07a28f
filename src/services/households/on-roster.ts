import { rosterHouseholds } from '../../db/schema/index.ts'
import type { Sql } from '../../db/pool.ts'
import { columns, type RowsOf, selectRow } from '../../db/select-columns.ts'
import { type Keyring, lookUpIndexes } from '../vault/encryption.ts'
import { personBehind } from './find-related.ts'

const ENTRY = columns(rosterHouseholds, 'h', ['id', 'group', 'cover', 'coveredSince'])
export type OnRoster = RowsOf<typeof ENTRY>

/** The household behind these obligations on the roster of their county, by its number; undefined where it is not there. */
export async function onRoster(sql: Sql, keys: Keyring, id: string): Promise<OnRoster | undefined> {
  const { idNo = '' } = (await personBehind(sql, keys, id)) ?? {}
  if (idNo === '') return undefined
  return selectRow(
    sql,
    ENTRY,
    `from roster_households h where h.county = (select county from obligations where id = $1)
        and h.id_no_index = any($2) and h.removed_at is null limit 1`,
    [id, lookUpIndexes(keys, 'idNo', idNo)],
  )
}
