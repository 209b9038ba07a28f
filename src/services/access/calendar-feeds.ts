import type { Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { inTransaction, row, type Sql, ts } from '../../db/pool.ts'
import { calendarFeeds } from '../../db/schema/index.ts'
import { allOf, columns, type RowsOf, selectRow } from '../../db/select-columns.ts'
import { AS_OF, type AsOf, type AsOfColumns, withAsOf } from '../schedule/clock.ts'
import { accountOf } from './credentials.ts'
import type { AccessDeps } from './deps.ts'
import { type Fault, type Own, type Proof, provenAccount, recordOwnAction } from './proof.ts'
import { hashToken, newToken } from './tokens.ts'

const COLUMNS = columns(calendarFeeds, 'f', ['person', 'createdWall', 'usedWall'])
export type CalendarFeed = RowsOf<typeof COLUMNS>

/** How exact "last read" is: calendars ask some times a day. */
const USED_EVERY_MS = 15 * 60_000

/** Whether somebody has a calendar feed, since when, and when it was read last. Its address is kept nowhere. */
export function feedOf(gate: Sql, person: string): Promise<CalendarFeed | undefined> {
  return selectRow(gate, COLUMNS, 'from calendar_feeds f where person = $1', [person])
}

/**
 * Gives somebody's feed an address; one that it had before leads nowhere from then on. Asked for anew are the password and the code:
 * whoever knows the address reads on after the session is over. @returns the secret part of the address, shown this once
 */
export async function makeFeed(
  deps: AccessDeps,
  own: Own,
  proof: Proof,
): Promise<{ token: string; feed: CalendarFeed } | Fault> {
  const account = await provenAccount(deps, own, proof, 'feed.add')
  if ('why' in account) return account
  const token = newToken()
  const feed = { person: own.person, createdWall: deps.wallNow(), usedWall: null }
  await inTransaction(deps.gate, async (tx) => {
    const renews = await dropFeed(tx, own.person)
    await insertRow(tx, calendarFeeds, { ...feed, tokenHash: hashToken(token) }, { onConflict: ANEW })
    await recordOwnAction(deps, tx, own, account, { action: renews ? 'feed.renew' : 'feed.add' })
  })
  return { token, feed }
}

/** Asked for twice at once, the later address is the one that leads somewhere. */
const ANEW = `(person) do update set token_hash = excluded.token_hash, created_wall = excluded.created_wall, used_wall = null`

/** Ends somebody's feed at once. @returns whether there was one */
export async function removeFeed(deps: AccessDeps, own: Own): Promise<boolean> {
  const account = await accountOf(deps.gate, own.person)
  return inTransaction(deps.gate, async (tx) => {
    if (!(await dropFeed(tx, own.person))) return false
    await recordOwnAction(deps, tx, own, account ?? null, { action: 'feed.remove' })
    return true
  })
}

/** The same without a word in the trail: with a new password, or with the account. @returns whether there was one */
export async function dropFeed(tx: Sql, person: string): Promise<boolean> {
  return (await row(tx, 'delete from calendar_feeds where person = $1 returning 1', [person])) !== undefined
}

/** Whose feed an address is, and as of when it is answered; undefined for one that leads nowhere. Role duban_gate. */
export async function findFeed(
  gate: Sql,
  token: string,
  wallNow: Instant,
): Promise<{ person: string; asOf: AsOf } | undefined> {
  const found = await selectRow<CalendarFeed & AsOfColumns>(
    gate,
    allOf(COLUMNS, AS_OF),
    'from calendar_feeds f, as_of where token_hash = $1',
    [hashToken(token)],
  )
  if (!found) return undefined
  if ((found.usedWall ?? 0) < wallNow - USED_EVERY_MS)
    await gate.query('update calendar_feeds set used_wall = $2 where person = $1', [
      found.person,
      ts(wallNow),
    ])
  return withAsOf(found)
}
