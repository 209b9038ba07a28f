import { type ApiKeyRow, addApiKey, hashKey } from './api-keys-store.ts'
import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import { newToken } from './tokens.ts'

const PREFIX_LENGTH = 8
const DAY_MS = 86_400_000

export type WantedKey = Pick<ApiKeyRow, 'name' | 'office' | 'permissions' | 'personal' | 'createdBy'> & {
  /** How many days it holds; null until it is revoked. */
  days: number | null
}

/** Makes a key. @returns it with its secret, which is never shown again */
export async function makeApiKey(
  tx: Sql,
  { days, ...wanted }: WantedKey,
  wallNow: number,
): Promise<ApiKeyRow & { token: string }> {
  const prefix = newToken()
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, PREFIX_LENGTH)
  const token = `duban_${prefix}_${newToken()}`
  const key = {
    ...wanted,
    id: newId('ak'),
    prefix,
    createdWall: wallNow,
    expiresWall: days === null ? null : wallNow + days * DAY_MS,
  }
  await addApiKey(tx, { ...key, secretHash: hashKey(token) })
  return { ...key, lastUsedWall: null, revokedWall: null, token }
}
