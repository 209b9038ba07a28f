import type { Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import { dataKeys } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRows } from '../../db/select-columns.ts'

/** `data` encrypts personal data; `index` makes the keyed hashes for looking it up. */
export type KeyPurpose = 'data' | 'index'
/**
 * Data and index keys rotate alone. The chain's keys (`trail`) and the key of row contents (`content`) change
 * with the master key.
 */
export type StoredPurpose = StoredKey['purpose']
const KEY = columns(dataKeys, 'k', ['id', 'purpose', 'wrapped', 'state', 'createdWall'])
export type StoredKey = RowsOf<typeof KEY>
export type KeyState = StoredKey['state']

/** An arbitrary constant: the lock for making the first keys. */
const FIRST_KEYS_LOCK = 7_209_200_080
/** The lock of the session that rotates keys. */
const ROTATION_LOCK = 7_209_200_081

export function storedKeys(sql: Sql): Promise<StoredKey[]> {
  return selectRows(sql, KEY, 'from data_keys k order by created_wall, id')
}

export async function addKey(
  sql: Sql,
  key: Pick<StoredKey, 'id' | 'purpose' | 'wrapped' | 'state'>,
  wallNow: Instant,
): Promise<void> {
  const { id, purpose, wrapped, state } = key
  await insertRow(sql, dataKeys, { id, purpose, wrapped, state, createdWall: wallNow })
}

/** Replaces the wrapped bytes: the same key under another master key. */
export async function rewrapKey(tx: Sql, { id, wrapped }: Pick<StoredKey, 'id' | 'wrapped'>): Promise<void> {
  await tx.query('update data_keys set wrapped = $2 where id = $1', [id, wrapped])
}

/** Makes the key active: after the next reload every process encrypts with it, and the old key still decrypts. */
export async function activateKey(tx: Sql, id: string, purpose: KeyPurpose): Promise<void> {
  await tx.query(`update data_keys set state = 'retiring' where purpose = $1 and state = 'active'`, [purpose])
  await tx.query(`update data_keys set state = 'active', activated_tx = pg_current_xact_id() where id = $1`, [
    id,
  ])
}

/** From now on the database refuses values under these keys (migrations/0003_keys_in_force.sql). */
export async function retireKeys(sql: Sql, purpose: KeyPurpose): Promise<void> {
  await sql.query(`update data_keys set state = 'retired' where purpose = $1 and state = 'retiring'`, [
    purpose,
  ])
}

/** Destroys the bytes of retired keys, and with them every stray copy of a value. @returns their ids */
export async function destroyKeys(sql: Sql, purpose: KeyPurpose): Promise<string[]> {
  const gone = await rows<{ id: string }>(
    sql,
    `update data_keys set wrapped = '' where purpose = $1 and state = 'retired' and wrapped <> '' returning id`,
    [purpose],
  )
  return gone.map((k) => k.id)
}

/** A role that may not write keys leaves the first ones to a process of the owner. */
export async function mayAddKeys(sql: Sql): Promise<boolean> {
  const may = await row<{ may: boolean }>(sql, `select has_table_privilege('data_keys', 'insert') as may`)
  return may?.may ?? false
}

/**
 * Prevents a change of the master key until the transaction ends. Fails in a snapshot from before such a change.
 */
export async function holdKeys(tx: Sql): Promise<void> {
  await tx.query('select from data_keys for share')
}

/** Prevents any change of a key until the transaction ends. */
export async function lockEveryKey(tx: Sql): Promise<void> {
  await tx.query('select from data_keys for update')
}

/** Prevents others from making first keys until the transaction ends. */
export async function lockFirstKeys(tx: Sql): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [FIRST_KEYS_LOCK])
}

/** Taken for the session. @returns false when another session rotates */
export async function lockRotation(session: Sql): Promise<boolean> {
  const got = await row<{ got: boolean }>(session, 'select pg_try_advisory_lock($1) as got', [ROTATION_LOCK])
  return got?.got ?? false
}

export async function unlockRotation(session: Sql): Promise<void> {
  await session.query('select pg_advisory_unlock($1)', [ROTATION_LOCK])
}
