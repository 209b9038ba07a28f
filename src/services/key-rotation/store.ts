import type { KeyPurpose } from '../vault/key-store.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import type { Where } from '../vault/encryption-context.ts'

/** Columns that hold encrypted values or keyed hashes, and the column that names the key. */
export type Place = {
  table: string
  /** The primary key: column and type. */
  pk: readonly (readonly [column: string, type: string])[]
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

/** The usual column names. */
const USUAL = { encrypted: 'encrypted', keyId: 'key_id', batch: BATCH } as const

const SUBJECTS: Place = {
  ...USUAL,
  table: 'subjects',
  pk: [['obligation', 'text']],
  bound: ['subjects', 'obligation'],
}
const IMPORT_ROWS: Place = {
  ...USUAL,
  table: 'import_rows',
  pk: [
    ['import', 'text'],
    ['row', 'int'],
  ],
  bound: ['subjects', 'obligation'],
}
/** Every column under data keys. */
export const ENCRYPTED_PLACES: readonly Place[] = [
  SUBJECTS,
  IMPORT_ROWS,
  {
    ...USUAL,
    table: 'import_chunks',
    pk: [
      ['import', 'text'],
      ['seq', 'int'],
    ],
    bound: ['import_chunks', 'import', 'seq'],
    batch: BATCH_OF_CHUNKS,
  },
  {
    ...USUAL,
    table: 'events',
    pk: [['id', 'bigint']],
    encrypted: 'encrypted_text',
    bound: ['events', 'obligation', 'action', ms('at')],
  },
  {
    ...USUAL,
    table: 'reveals',
    pk: [['id', 'bigint']],
    encrypted: 'encrypted_reason',
    bound: ['reveals', 'person', 'obligation', ms('at_wall')],
  },
  {
    ...USUAL,
    table: 'credentials',
    pk: [['person', 'text']],
    encrypted: 'totp_encrypted',
    keyId: 'totp_key_id',
    bound: ['credentials', 'person'],
  },
]
/** Every place that is looked up by a keyed hash. */
export const INDEXED_PLACES: readonly Place[] = [SUBJECTS, IMPORT_ROWS]
const INDEX_KEY_ID = 'index_key_id'

export function placesOf(purpose: KeyPurpose): readonly Place[] {
  return purpose === 'data' ? ENCRYPTED_PLACES : INDEXED_PLACES
}

function namedBy(place: Place, purpose: KeyPurpose): string {
  return purpose === 'data' ? place.keyId : INDEX_KEY_ID
}

/** The condition for values under another key than the active one; null counts as the oldest key. */
const isUnderOtherKey = (place: Place, purpose: KeyPurpose) =>
  `${place.encrypted} is not null and ${namedBy(place, purpose)} is distinct from $1`

/** How many values are still to be re-encrypted. */
export async function countStale(
  sql: Sql,
  place: Place,
  purpose: KeyPurpose,
  active: string,
): Promise<number> {
  const text = `select count(*) as n from ${place.table} where ${isUnderOtherKey(place, purpose)}`
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
  const pk = place.pk.map(([column]) => `"${column}"`).join(', ')
  const beyond = after
    ? `and (${pk}) > (${place.pk.map(([, type], i) => `$${i + 2}::${type}`).join(', ')})`
    : ''
  return rows(
    tx,
    `select json_build_array(${pk}) as key, ${whereOf(place)} as where, ${place.encrypted} as encrypted, ${place.keyId} as "keyId"
       from ${place.table} where ${isUnderOtherKey(place, purpose)} ${beyond}
      order by ${pk} limit ${place.batch} for update skip locked`,
    [active, ...(after ?? [])],
  )
}

/** Updates the rows that were taken; each column's values are in the order of the keys. */
export async function updateRows(
  tx: Sql,
  place: Place,
  keys: readonly Key[],
  columns: Record<string, { type: string; values: unknown[] }>,
): Promise<void> {
  const given = [
    ...place.pk.map(([, type], i) => ({ type, values: keys.map((key) => key[i]) })),
    ...Object.values(columns),
  ]
  const names = given.map((_, i) => `c${i}`)
  const set = Object.keys(columns).map((column, i) => `${column} = v.c${place.pk.length + i}`)
  const same = place.pk.map(([column], i) => `t."${column}" = v.c${i}`)
  await tx.query(
    `update ${place.table} t set ${set.join(', ')}
       from unnest(${given.map(({ type }, i) => `$${i + 1}::${type}[]`).join(', ')}) v(${names.join(', ')})
      where ${same.join(' and ')}`,
    given.map(({ values }) => values),
  )
}

/** How many values each key has; null is the key from before there were keys. */
export async function usesOf(
  sql: Sql,
  purpose: KeyPurpose,
): Promise<{ table: string; keyId: string | null; n: number }[]> {
  const each = placesOf(purpose).map(
    (place) => `select '${place.table}' as "table", ${namedBy(place, purpose)} as "keyId", count(*) as n
                  from ${place.table} where ${place.encrypted} is not null group by 2`,
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
