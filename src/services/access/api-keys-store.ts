import { createHash } from 'node:crypto'
import type { Instant } from '../../domain/time/days.ts'
import { AS_OF, type AsOf, type AsOfColumns, withAsOf } from '../schedule/clock.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import type { NewRow } from '../../db/row-types.ts'
import { apiKeys } from '../../db/schema/index.ts'
import { allOf, columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'

const COLUMNS = columns(apiKeys, 'k', [
  ...(['id', 'prefix', 'name', 'office', 'permissions', 'personal', 'createdBy'] as const),
  ...(['createdWall', 'expiresWall', 'lastUsedWall', 'revokedWall'] as const),
])
export type ApiKeyRow = RowsOf<typeof COLUMNS>

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
  const found = await selectRow<ApiKeyRow & AsOfColumns>(
    gate,
    allOf(COLUMNS, AS_OF),
    `from api_keys k, as_of where secret_hash = $1 and revoked_wall is null and coalesce(expires_wall > $2, true)`,
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
  key: Omit<NewRow<typeof apiKeys>, 'lastUsedWall' | 'revokedWall'>,
): Promise<boolean> {
  const conflict = { onConflict: '(secret_hash) do nothing', returning: ['id'] } as const
  return (await insertRow(sql, apiKeys, key, conflict)) !== undefined
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
  return selectRows(sql, COLUMNS, 'from api_keys k order by created_wall desc, id desc')
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
