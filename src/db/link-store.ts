import type { Instant } from '../domain/days.ts'
import { row, type Sql, ts } from './pool.ts'

export type LinkPurpose = 'first-password' | 'reset'

/** A new link; those made before for the same person are void. */
export async function addLink(
  gate: Sql,
  link: { tokenHash: Buffer; person: string; purpose: LinkPurpose; expiresWall: Instant },
  wallNow: Instant,
): Promise<void> {
  await gate.query('update login_links set used_wall = $2 where person = $1 and used_wall is null', [
    link.person,
    ts(wallNow),
  ])
  await gate.query(
    'insert into login_links (token_hash, person, purpose, created_wall, expires_wall) values ($1, $2, $3, $4, $5)',
    [link.tokenHash, link.person, link.purpose, ts(wallNow), ts(link.expiresWall)],
  )
}

/** Whose link it is, while it holds; it is not used up by looking. */
export async function linkHolder(gate: Sql, tokenHash: Buffer, wallNow: Instant): Promise<string | null> {
  const found = await row<{ person: string }>(
    gate,
    'select person from login_links where token_hash = $1 and used_wall is null and expires_wall > $2',
    [tokenHash, ts(wallNow)],
  )
  return found?.person ?? null
}

/** Uses a link up. @returns whose it was; null when it was used before, or is too old */
export async function useLink(gate: Sql, tokenHash: Buffer, wallNow: Instant): Promise<string | null> {
  const found = await row<{ person: string }>(
    gate,
    `update login_links set used_wall = $2 where token_hash = $1 and used_wall is null and expires_wall > $2 returning person`,
    [tokenHash, ts(wallNow)],
  )
  return found?.person ?? null
}
