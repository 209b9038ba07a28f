import type { Instant } from '../../domain/time/days.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'

/** `data` seals what is personal, `index` makes the keyed hashes it is looked up by. */
export type KeyPurpose = 'data' | 'index'
/** Those two rotate by themselves; the keys of the trail (`trail`) and of a row's content (`content`) with the master key. */
export type StoredPurpose = KeyPurpose | 'trail' | 'content'
/**
 * `next`: becoming known to every process, sealing nothing yet; `active`: seals; `retiring`: opens what is not sealed anew
 * yet; `retired`: refused for new values, and destroyed as soon as nothing stands under it.
 */
export type KeyState = 'next' | 'active' | 'retiring' | 'retired'
export type StoredKey = {
  id: string
  purpose: StoredPurpose
  /** Under the master key; empty once it is destroyed. */
  wrapped: Buffer
  state: KeyState
  createdWall: Instant
}

/** Any constant: who holds it makes the first keys. */
const FIRST_KEYS_LOCK = 7_209_200_080
/** Held by the session that rotates. */
const ROTATION_LOCK = 7_209_200_081

export function storedKeys(sql: Sql): Promise<StoredKey[]> {
  return rows(
    sql,
    'select id, purpose, wrapped, state, created_wall as "createdWall" from data_keys order by created_wall, id',
  )
}

export async function addKey(
  sql: Sql,
  key: Pick<StoredKey, 'id' | 'purpose' | 'wrapped' | 'state'>,
  wallNow: Instant,
): Promise<void> {
  await sql.query(
    'insert into data_keys (id, purpose, wrapped, state, created_wall) values ($1, $2, $3, $4, $5)',
    [key.id, key.purpose, key.wrapped, key.state, ts(wallNow)],
  )
}

/** The same bytes under another master key. */
export async function rewrapKey(tx: Sql, { id, wrapped }: Pick<StoredKey, 'id' | 'wrapped'>): Promise<void> {
  await tx.query('update data_keys set wrapped = $2 where id = $1', [id, wrapped])
}

/** From the next reload on everybody seals under this key; the one before still opens. */
export async function activateKey(tx: Sql, id: string, purpose: KeyPurpose): Promise<void> {
  await tx.query(`update data_keys set state = 'retiring' where purpose = $1 and state = 'active'`, [purpose])
  await tx.query(`update data_keys set state = 'active', activated_tx = pg_current_xact_id() where id = $1`, [
    id,
  ])
}

/** From now on the database refuses what is sealed under them (migrations/0003_keys_in_force.sql). */
export async function retireKeys(sql: Sql, purpose: KeyPurpose): Promise<void> {
  await sql.query(`update data_keys set state = 'retired' where purpose = $1 and state = 'retiring'`, [
    purpose,
  ])
}

/** The bytes of retired keys go, and with them every copy of a value that lies about somewhere. @returns their ids */
export async function destroyKeys(sql: Sql, purpose: KeyPurpose): Promise<string[]> {
  const gone = await rows<{ id: string }>(
    sql,
    `update data_keys set wrapped = '' where purpose = $1 and state = 'retired' and wrapped <> '' returning id`,
    [purpose],
  )
  return gone.map((k) => k.id)
}

/** Who may not write keys leaves the first ones to a process of the owner. */
export async function mayAddKeys(sql: Sql): Promise<boolean> {
  const may = await row<{ may: boolean }>(sql, `select has_table_privilege('data_keys', 'insert') as may`)
  return may?.may ?? false
}

/** Until the transaction ends, the master key is not replaced. Fails in a snapshot from before it was. */
export async function holdKeys(tx: Sql): Promise<void> {
  await tx.query('select from data_keys for share')
}

/** Until the transaction ends, nobody changes a key. */
export async function lockEveryKey(tx: Sql): Promise<void> {
  await tx.query('select from data_keys for update')
}

/** Until the transaction ends, nobody else makes first keys. */
export async function lockFirstKeys(tx: Sql): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [FIRST_KEYS_LOCK])
}

/** For the session. @returns false when another one rotates */
export async function lockRotation(session: Sql): Promise<boolean> {
  const got = await row<{ got: boolean }>(session, 'select pg_try_advisory_lock($1) as got', [ROTATION_LOCK])
  return got?.got ?? false
}

export async function unlockRotation(session: Sql): Promise<void> {
  await session.query('select pg_advisory_unlock($1)', [ROTATION_LOCK])
}
