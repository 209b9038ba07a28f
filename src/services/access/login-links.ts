import type { Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import { loginLinks } from '../../db/schema/index.ts'
import { columns, selectRow } from '../../db/select-columns.ts'

export type LinkPurpose = RowOf<typeof loginLinks, 'purpose'>['purpose']

const DAY_MS = 86_400_000
/** Used and expired links are kept this long, in case somebody asks what became of one. */
const KEPT_MS = 30 * DAY_MS

/** Adds a link and voids earlier ones of the person. In a transaction: two at once would leave two valid links. */
export async function addLink(
  tx: Sql,
  link: { tokenHash: Buffer; person: string; purpose: LinkPurpose; expiresWall: Instant },
  wallNow: Instant,
): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [link.person])
  await voidLinks(tx, link.person, wallNow)
  await tx.query('delete from login_links where expires_wall < $1', [ts(wallNow - KEPT_MS)])
  await insertRow(tx, loginLinks, { ...link, createdWall: wallNow })
}

/** Voids the person's links after a new password, or when the account is disabled. */
export async function voidLinks(tx: Sql, person: string, wallNow: Instant): Promise<void> {
  await tx.query('update login_links set used_wall = $2 where person = $1 and used_wall is null', [
    person,
    ts(wallNow),
  ])
}

/** The person of a valid link; looking does not use the link up. */
export async function linkHolder(gate: Sql, tokenHash: Buffer, wallNow: Instant): Promise<string | null> {
  const found = await selectRow(
    gate,
    columns(loginLinks, 'l', ['person']),
    'from login_links l where token_hash = $1 and used_wall is null and expires_wall > $2',
    [tokenHash, ts(wallNow)],
  )
  return found?.person ?? null
}

/** Uses a link up. @returns the person; null when it was used before or has expired */
export async function useLink(gate: Sql, tokenHash: Buffer, wallNow: Instant): Promise<string | null> {
  const found = await row<{ person: string }>(
    gate,
    `update login_links set used_wall = $2 where token_hash = $1 and used_wall is null and expires_wall > $2 returning person`,
    [tokenHash, ts(wallNow)],
  )
  return found?.person ?? null
}
