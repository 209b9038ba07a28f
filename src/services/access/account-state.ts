import type { Instant } from '../../domain/time/days.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { raiseVersion } from '../people/users.ts'
import { removeTotp } from './credentials.ts'
import { dropFeed } from './calendar-feeds.ts'
import { voidLinks } from './login-links.ts'
import { endSessions } from './sessions.ts'

/**
 * Closes the account until somebody enables it: sessions, links and the calendar feed end. What they held and were owed is moved elsewhere
 * (offboarding/offboard.ts).
 */
export async function closeAccount(tx: Sql, person: string, wallNow: Instant): Promise<void> {
  await tx.query('update people set active = false, disabled_wall = $2 where id = $1', [person, ts(wallNow)])
  await raiseVersion(tx, person)
  await endSessions(tx, person)
  await voidLinks(tx, person, wallNow)
  await dropFeed(tx, person)
}

/**
 * For somebody who lost the device that shows the codes. A password alone signs them in again; every session ends, and the calendar feed,
 * whose address the device most likely has.
 */
export async function dropSecondFactor(tx: Sql, person: string): Promise<void> {
  await removeTotp(tx, person)
  await endSessions(tx, person)
  await dropFeed(tx, person)
}
