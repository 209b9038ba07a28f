import { createHash } from 'node:crypto'
import type { Instant } from '../../domain/time/days.ts'
import { AS_OF, type AsOf, type AsOfColumns, withAsOf } from '../schedule/clock.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'

export type ApiKeyRow = {
  id: string
  prefix: string
  name: string
  office: string
  permissions: string[]
  personal: boolean
  createdBy: string
  createdWall: Instant
  expiresWall: Instant | null
  lastUsedWall: Instant | null
  revokedWall: Instant | null
}

const COLUMNS = `id, prefix, name, office, permissions, personal, created_by as "createdBy", created_wall as "createdWall",
  expires_wall as "expiresWall", last_used_wall as "lastUsedWall", revoked_wall as "revokedWall"`
/** How exact "last used" is. */
const USED_EVERY_MS = 60_000

export function hashKey(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The valid key behind a token, and as of when its request is answered. Role duban_gate. */
export async function findApiKey(
  gate: Sql,
  token: string,
  wallNow: Instant,
): Promise<(ApiKeyRow & { asOf: AsOf }) | null> {
  const found = await row<ApiKeyRow & AsOfColumns>(
    gate,
    `select ${COLUMNS}, ${AS_OF} from api_keys, as_of where secret_hash = $1 and revoked_wall is null and coalesce(expires_wall > $2, true)`,
    [hashKey(token), ts(wallNow)],
  )
  if (!found) return null
  if ((found.lastUsedWall ?? 0) < wallNow - USED_EVERY_MS)
    await gate.query('update api_keys set last_used_wall = $2 where id = $1', [found.id, ts(wallNow)])
  return withAsOf(found)
}

/** Registers a key under its hash; the same secret again is the same key. @returns whether it is new */
export async function addApiKey(
  sql: Sql,
  key: Omit<ApiKeyRow, 'lastUsedWall' | 'revokedWall'> & { secretHash: Buffer },
): Promise<boolean> {
  const added = await sql.query(
    `insert into api_keys (id, prefix, secret_hash, name, office, permissions, personal, created_by, created_wall, expires_wall)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (secret_hash) do nothing`,
    [
      key.id,
      key.prefix,
      key.secretHash,
      key.name,
      key.office,
      JSON.stringify(key.permissions),
      key.personal,
      key.createdBy,
      ts(key.createdWall),
      key.expiresWall === null ? null : ts(key.expiresWall),
    ],
  )
  return added.rowCount === 1
}

/** Changes what a known secret may do. For the launcher's own key only, whose permissions come with the release. */
export async function setKeyPermissions(
  owner: Sql,
  secretHash: Buffer,
  { permissions, personal }: Pick<ApiKeyRow, 'permissions' | 'personal'>,
): Promise<void> {
  await owner.query('update api_keys set permissions = $2, personal = $3 where secret_hash = $1', [
    secretHash,
    JSON.stringify(permissions),
    personal,
  ])
}

/** Newest first, revoked keys too, since somebody may ask who read the data a year ago. */
export function listApiKeys(sql: Sql): Promise<ApiKeyRow[]> {
  return rows(sql, `select ${COLUMNS} from api_keys order by created_wall desc, id desc`)
}

/** @returns false when there is no such key, or it was revoked before */
export async function revokeApiKey(sql: Sql, id: string, wallNow: Instant): Promise<boolean> {
  const revoked = await row(
    sql,
    'update api_keys set revoked_wall = $2 where id = $1 and revoked_wall is null returning 1',
    [id, ts(wallNow)],
  )
  return revoked !== undefined
}
