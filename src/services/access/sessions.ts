import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { AS_OF, type AsOf, type AsOfColumns, withAsOf } from '../schedule/clock.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import { sessions } from '../../db/schema/index.ts'
import { TRUSTED_MS, WORKING_DAY_MS } from './trusted-device.ts'
import { allOf, columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'

const COLUMNS = columns(sessions, 's', [
  ...(['id', 'person', 'via', 'address', 'agent'] as const),
  ...(['createdWall', 'seenWall', 'expiresWall', 'secondFactorWall', 'trusted'] as const),
])
export type SessionRow = RowsOf<typeof COLUMNS>

const HOUR = 3_600_000
/** Long enough for lunch and a meeting, too short for a night. */
export const IDLE_MS = 4 * HOUR
/** How exact "last seen" is; a write for every request would be wasted. */
const SEEN_EVERY_MS = 60_000

/** A pause ends a session, save on a device that its owner trusts. */
const NOT_IDLE = '(seen_wall > $3 or trusted)'

/** Begins a session. @returns its id */
export async function createSession(
  gate: Sql,
  s: Pick<SessionRow, 'person' | 'via' | 'address' | 'agent'> & {
    tokenHash: Buffer
    secondFactor: boolean
    trusted?: boolean
  },
  wallNow: Instant,
): Promise<string> {
  const id = newId('se')
  await insertRow(gate, sessions, {
    id,
    tokenHash: s.tokenHash,
    person: s.person,
    via: s.via,
    address: s.address,
    agent: s.agent?.slice(0, 200) ?? null,
    createdWall: wallNow,
    seenWall: wallNow,
    expiresWall: wallNow + (s.trusted ? TRUSTED_MS : WORKING_DAY_MS),
    trusted: s.trusted ?? false,
    secondFactorWall: s.secondFactor ? wallNow : null,
  })
  return id
}

/**
 * The session behind a cookie, unless it is idle too long or too old, and as of when its request is answered.
 * @param used whether somebody is there: what a page asks by itself keeps no session from being idle
 */
export async function findSession(
  gate: Sql,
  tokenHash: Buffer,
  wallNow: Instant,
  used = true,
): Promise<(SessionRow & { asOf: AsOf }) | undefined> {
  const found = await selectRow<SessionRow & AsOfColumns>(
    gate,
    allOf(COLUMNS, AS_OF),
    `from sessions s, as_of where token_hash = $1 and expires_wall > $2 and ${NOT_IDLE}`,
    [tokenHash, ts(wallNow), ts(wallNow - IDLE_MS)],
  )
  if (used && found && found.seenWall < wallNow - SEEN_EVERY_MS)
    await gate.query('update sessions set seen_wall = $2 where id = $1', [found.id, ts(wallNow)])
  return found && withAsOf(found)
}

/** The person's valid sessions, newest first. */
export function listSessions(gate: Sql, person: string, wallNow: Instant): Promise<SessionRow[]> {
  return selectRows(
    gate,
    COLUMNS,
    `from sessions s where person = $1 and expires_wall > $2 and ${NOT_IDLE} order by created_wall desc, id desc`,
    [person, ts(wallNow), ts(wallNow - IDLE_MS)],
  )
}

/** Ends one session of a person. @returns whether there was one */
export async function endSession(gate: Sql, person: string, id: string): Promise<boolean> {
  return (
    (await row(gate, 'delete from sessions where person = $1 and id = $2 returning 1', [person, id])) !==
    undefined
  )
}

/** Ends the session behind a token. */
export async function endSessionOf(gate: Sql, tokenHash: Buffer): Promise<void> {
  await gate.query('delete from sessions where token_hash = $1', [tokenHash])
}

/** Gives the session another token, so that a stolen old one is useless. @returns the session */
export function renewToken(gate: Sql, id: string, tokenHash: Buffer): Promise<SessionRow | undefined> {
  return row(gate, `update sessions s set token_hash = $2 where id = $1 returning ${COLUMNS}`, [
    id,
    tokenHash,
  ])
}

/**
 * Ends the person's sessions except one: after a new password or factor, or when the account is disabled.
 * @returns how many
 */
export async function endSessions(gate: Sql, person: string, except: string | null = null): Promise<number> {
  const ended = await gate.query('delete from sessions where person = $1 and id is distinct from $2', [
    person,
    except,
  ])
  return ended.rowCount ?? 0
}

/** Deletes the sessions that nobody can use any more. */
export async function forgetSessions(gate: Sql, wallNow: Instant): Promise<void> {
  await gate.query('delete from sessions where expires_wall <= $1 or (seen_wall <= $2 and not trusted)', [
    ts(wallNow),
    ts(wallNow - IDLE_MS),
  ])
}

/** Closes what the removed second factor had opened. */
export async function forgetSecondFactor(gate: Sql, person: string): Promise<void> {
  await gate.query('update sessions set second_factor_wall = null where person = $1', [person])
}

export async function noteSecondFactor(gate: Sql, id: string, wallNow: Instant): Promise<void> {
  await gate.query('update sessions set second_factor_wall = $2 where id = $1', [id, ts(wallNow)])
}
