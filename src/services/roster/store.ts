import type { Cover, Reach } from '../../domain/obligation/roster-words.ts'
import type { Group } from '../../domain/obligation/vocabulary.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import { rosterHouseholds, rosterImports } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'
import { type Keyring, lookUpIndexes } from '../vault/encryption.ts'
import { REACH } from './reach.ts'

/** An arbitrary constant: the lock on one county's roster, so that no household comes onto it twice. */
const ONE_ROSTER = 7_209_091

const HOUSEHOLD = columns(rosterHouseholds, 'h', [
  ...(['id', 'county', 'office', 'group', 'cover', 'coveredSince', 'encrypted', 'keyId'] as const),
  ...(['import', 'version', 'createdAt', 'anonymisedWall'] as const),
])
const REACHED = allOf(HOUSEHOLD, computed<{ reach: Reach }>({ reach: REACH }))
export type RosterHousehold = RowsOf<typeof HOUSEHOLD>
export type ReachedHousehold = RowsOf<typeof REACHED>

const IMPORT = columns(rosterImports, 'i', [
  ...([
    'id',
    'county',
    'state',
    'added',
    'changed',
    'createdBy',
    'createdAt',
    'undoneBy',
    'undoneAt',
  ] as const),
])
export type RosterImport = RowsOf<typeof IMPORT>

/** Two files, or two people, write one roster one after the other. */
export async function lockRoster(tx: Sql, county: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [ONE_ROSTER, county])
}

export type RosterSearch = {
  office?: string | undefined
  group?: Group | undefined
  cover?: Cover | undefined
  reach?: Reach | undefined
}

/** A page of the roster, in the order in which it was written. */
export function searchRoster(
  sql: Sql,
  {
    office = null,
    group = null,
    cover = null,
    reach = null,
  }: { [K in keyof RosterSearch]: RosterSearch[K] | null },
  { after, limit }: { after: string | null; limit: number },
): Promise<ReachedHousehold[]> {
  return rows(
    sql,
    `select * from (select ${REACHED} from roster_households h where h.removed_at is null
        and ($1::text is null or h.office = $1 or h.office ^@ ($1 || '.'))
        and ($2::text is null or h.key_group = $2) and ($3::text is null or h.cover = $3)
        and ($5::text is null or h.id > $5)) r
      where $4::text is null or reach = $4 order by id limit $6`,
    [office, group, cover, reach, after, limit],
  )
}

export function rosterHousehold(sql: Sql, id: string): Promise<ReachedHousehold | undefined> {
  return selectRow(sql, REACHED, 'from roster_households h where id = $1 and removed_at is null', [id])
}

/** All of a county's roster that the reader sees. */
export function rosterOf(sql: Sql, county: string): Promise<RosterHousehold[]> {
  const theirs = 'from roster_households h where county = $1 and removed_at is null order by id'
  return selectRows(sql, HOUSEHOLD, theirs, [county])
}

/** The household of this number on a county's roster. An empty number is nobody's. */
export async function rosterTwin(
  sql: Sql,
  keys: Keyring,
  { county, idNo, but = null }: { county: string; idNo: string; but?: string | null },
): Promise<string | null> {
  if (idNo === '') return null
  const found = await row<{ id: string }>(
    sql,
    `select id from roster_households where county = $1 and id_no_index = any($2) and removed_at is null
        and id is distinct from $3 limit 1`,
    [county, lookUpIndexes(keys, 'idNo', idNo), but],
  )
  return found?.id ?? null
}

/** The registered files of the roster, the latest first. */
export function rosterImportRows(sql: Sql): Promise<RosterImport[]> {
  return selectRows(sql, IMPORT, 'from roster_imports i order by created_at desc, id')
}

export function lockRosterImport(tx: Sql, id: string): Promise<RosterImport | undefined> {
  return selectRow(tx, IMPORT, 'from roster_imports i where id = $1 for update', [id])
}
