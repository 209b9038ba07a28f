import { getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { KeyPurpose } from '../vault/key-store.ts'
import { sqlType } from '../../db/column-arrays.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import {
  attachmentFiles,
  attachments,
  bulkRuns,
  credentials,
  events,
  importChanges,
  importChunks,
  importRefused,
  importRows,
  imports,
  importWithdrawals,
  problems,
  resultTexts,
  reveals,
  rosterChanges,
  rosterHouseholds,
  screeningEntries,
  subjects,
} from '../../db/schema/index.ts'
import { columnOf, computed, selectRows } from '../../db/select-columns.ts'
import type { Where } from '../vault/encryption-context.ts'

/** Columns of a table that hold encrypted values, and the column that names the key. Columns have their names of the schema. */
export type Place = {
  table: PgTable
  pk: readonly string[]
  encrypted: string
  /** Names the data key of `encrypted`. */
  keyId: string
  /** The encryption context (vault/encryption-context.ts): a name, and expressions over the row. */
  bound: readonly [name: string, ...expressions: string[]]
  batch: number
}
type Key = (string | number)[]
export type Found = { key: Key; where: Where; encrypted: Buffer; keyId: string | null }

/** Milliseconds, as an instant of the domain. */
const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::bigint`

const BATCH = 1_000
/** Pieces of an upload have 256 KB each. */
const BATCH_OF_CHUNKS = 16
/** Files of evidence have some ten MB each. */
const BATCH_OF_FILES = 2

/** A place whose columns are called as most are. */
function placeOf<Table extends PgTable>(
  table: Table,
  pk: readonly (keyof RowOf<Table> & string)[],
  bound: Place['bound'],
  unusual: {
    encrypted?: keyof RowOf<Table> & string
    keyId?: keyof RowOf<Table> & string
    batch?: number
  } = {},
): Place {
  return { table, pk, bound, encrypted: 'encrypted', keyId: 'keyId', batch: BATCH, ...unusual }
}

const SUBJECTS = placeOf(subjects, ['obligation'], ['subjects', 'obligation'])
const IMPORT_ROWS = placeOf(importRows, ['import', 'row'], ['subjects', 'obligation'])
const SCREENING_ENTRIES = placeOf(screeningEntries, ['id'], ['screening_entries', 'id'])
const ROSTER_HOUSEHOLDS = placeOf(rosterHouseholds, ['id'], ['roster_households', 'id'])
/** Every column under data keys. */
export const ENCRYPTED_PLACES: readonly Place[] = [
  SUBJECTS,
  IMPORT_ROWS,
  SCREENING_ENTRIES,
  ROSTER_HOUSEHOLDS,
  placeOf(rosterChanges, ['import', 'household'], ['roster_changes', 'import', 'household']),
  placeOf(resultTexts, ['obligation'], ['result_texts', 'obligation']),
  placeOf(importChunks, ['import', 'seq'], ['import_chunks', 'import', 'seq'], { batch: BATCH_OF_CHUNKS }),
  placeOf(importChanges, ['import', 'row'], ['import_changes', 'import', '"row"']),
  placeOf(importRefused, ['import', 'firstRow'], ['import_refused', 'import', 'first_row'], {
    batch: BATCH_OF_CHUNKS,
  }),
  placeOf(importWithdrawals, ['import', 'obligation'], ['import_withdrawals', 'import']),
  placeOf(imports, ['id'], ['imports', 'id'], {
    ...{ encrypted: 'findingsEncrypted', keyId: 'findingsKeyId' },
  }),
  placeOf(events, ['id'], ['events', 'obligation', 'action', ms('at')], { encrypted: 'encryptedText' }),
  placeOf(reveals, ['id'], ['reveals', 'person', 'obligation', ms('at_wall')], {
    encrypted: 'encryptedReason',
  }),
  placeOf(problems, ['obligation'], ['problems', 'obligation']),
  placeOf(bulkRuns, ['id'], ['bulk_runs', 'id']),
  placeOf(attachments, ['id'], ['attachments', 'id']),
  placeOf(attachmentFiles, ['county', 'digest'], ['attachment_files', 'county', 'digest'], {
    batch: BATCH_OF_FILES,
  }),
  placeOf(credentials, ['person'], ['credentials', 'person'], {
    ...{ encrypted: 'totpEncrypted', keyId: 'totpKeyId' },
  }),
]
/** Every place that is looked up by a keyed hash. */
export const INDEXED_PLACES: readonly Place[] = [SUBJECTS, IMPORT_ROWS, SCREENING_ENTRIES, ROSTER_HOUSEHOLDS]
const INDEX_KEY_ID = 'indexKeyId'

/** A column of the place as SQL; quoted, since `row` is a word of SQL. */
export function columnIn({ table }: Place, key: string): string {
  return `"${columnOf(table, key).name}"`
}

export function placesOf(purpose: KeyPurpose): readonly Place[] {
  return purpose === 'data' ? ENCRYPTED_PLACES : INDEXED_PLACES
}

function namedBy(place: Place, purpose: KeyPurpose): string {
  return columnIn(place, purpose === 'data' ? place.keyId : INDEX_KEY_ID)
}

/** The condition for values under another key than the active one; null counts as the oldest key. */
const isUnderOtherKey = (place: Place, purpose: KeyPurpose) =>
  `${columnIn(place, place.encrypted)} is not null and ${namedBy(place, purpose)} is distinct from $1`

/** How many values are still to be re-encrypted. */
export async function countStale(
  sql: Sql,
  place: Place,
  purpose: KeyPurpose,
  active: string,
): Promise<number> {
  const text = `select count(*) as n from ${getTableName(place.table)} where ${isUnderOtherKey(place, purpose)}`
  return (await row<{ n: number }>(sql, text, [active]))?.n ?? 0
}

/** The encryption context of a place, in SQL. */
export function whereOf({ bound: [name, ...expressions] }: Place): string {
  return `concat_ws(':', '${name}', ${expressions.join(', ')})`
}

/** Locks the next batch after `after`; rows that somebody else is changing are left for the next pass. */
export async function takeStale(
  tx: Sql,
  place: Place,
  purpose: KeyPurpose,
  active: string,
  after: Key | null,
): Promise<Found[]> {
  const pk = place.pk.map((key) => columnIn(place, key)).join(', ')
  const types = place.pk.map((key) => sqlType(columnOf(place.table, key)))
  const beyond = after ? `and (${pk}) > (${types.map((type, i) => `$${i + 2}::${type}`).join(', ')})` : ''
  return selectRows(
    tx,
    computed<Found>({
      key: `json_build_array(${pk})`,
      where: whereOf(place),
      encrypted: columnIn(place, place.encrypted),
      keyId: columnIn(place, place.keyId),
    }),
    `from ${getTableName(place.table)} where ${isUnderOtherKey(place, purpose)} ${beyond}
      order by ${pk} limit ${place.batch} for update skip locked`,
    [active, ...(after ?? [])],
  )
}

/** The primary key of a row that was taken, as columns. */
export function keyColumns({ pk }: Place, { key }: Pick<Found, 'key'>): Record<string, unknown> {
  return Object.fromEntries(pk.map((column, i) => [column, key[i]]))
}

/** How many values each key has; null is the key from before there were keys. */
export async function usesOf(
  sql: Sql,
  purpose: KeyPurpose,
): Promise<{ table: string; keyId: string | null; n: number }[]> {
  const each = placesOf(purpose).map(
    (
      place,
    ) => `select '${getTableName(place.table)}' as "table", ${namedBy(place, purpose)} as "keyId", count(*) as n
                  from ${getTableName(place.table)} where ${columnIn(place, place.encrypted)} is not null group by 2`,
  )
  return rows(sql, each.join(' union all '))
}

/**
 * The transactions of this database that are open now, whether or not they have written. The lock on a virtual
 * id shows each to every role. A transaction that has read under the old key may still write under it.
 */
export async function openTransactions(sql: Sql): Promise<string[]> {
  const found = await rows<{ id: string }>(
    sql,
    `select l.virtualxid as id from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'virtualxid' and l.mode = 'ExclusiveLock' and l.granted and a.datname = current_database()
        and l.pid <> pg_backend_pid() and coalesce(a.backend_type, 'client backend') = 'client backend'`,
  )
  return found.map((t) => t.id)
}
