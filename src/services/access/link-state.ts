import type { Sql } from '../../db/pool.ts'
import { loginLinks } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow } from '../../db/select-columns.ts'
import type { Instant } from '../../domain/time/days.ts'
import { accountOf } from './credentials.ts'
import type { AccessDeps, Origin } from './deps.ts'
import { badLink } from './secret-links.ts'
import { hashToken } from './tokens.ts'

const SHOWN = columns(loginLinks, 'l', ['person', 'purpose', 'expiresWall', 'usedWall'])
type Link = RowsOf<typeof SHOWN>

export type LinkState =
  | { state: 'open'; purpose: Link['purpose']; until: Instant; secondFactor: boolean }
  /** `used`: also where a newer link or a new password made it void. `unknown`: nobody was ever sent it. */
  | { state: 'used' | 'expired' | 'unknown' }

/**
 * What has become of a link, for whoever holds it; looking does not use it up. It names nobody. A link that is no longer
 * open goes into the trail, since somebody may have got it elsewhere.
 */
export async function checkLink(deps: AccessDeps, token: string, origin: Origin): Promise<LinkState> {
  const found = await linkByToken(deps.gate, token)
  const state = found ? stateOf(found, deps.wallNow()) : 'unknown'
  const account = found && state === 'open' ? await accountOf(deps.gate, found.person) : undefined
  if (found && state === 'open' && account) {
    const { purpose, expiresWall: until } = found
    return { state, purpose, until, secondFactor: account.totpConfirmedWall !== null }
  }
  await badLink(deps, origin, 'password.look')
  return { state: state === 'open' ? 'used' : state }
}

function linkByToken(gate: Sql, token: string): Promise<Link | undefined> {
  return selectRow(gate, SHOWN, 'from login_links l where token_hash = $1', [hashToken(token)])
}

function stateOf({ usedWall, expiresWall }: Link, wallNow: Instant): LinkState['state'] {
  if (usedWall !== null) return 'used'
  return expiresWall > wallNow ? 'open' : 'expired'
}
