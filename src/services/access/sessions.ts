import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { AS_OF, type AsOf, type AsOfColumns, withAsOf } from '../schedule/clock.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'

export type SessionRow = {
  id: string
  person: string
  via: 'password' | 'demo' | 'link'
  address: string | null
  agent: string | null
  createdWall: Instant
  seenWall: Instant
  expiresWall: Instant
  secondFactorWall: Instant | null
}

const HOUR = 3_600_000
/** Long enough for lunch and a meeting, too short for a night. */
export const IDLE_MS = 4 * HOUR
/** A working day: everybody signs in once in the morning. */
export const LONGEST_MS = 12 * HOUR
/** How exact "last seen" is; a write for every request would be wasted. */
const SEEN_EVERY_MS = 60_000

const COLUMNS = `id, person, via, address, agent, created_wall as "createdWall", seen_wall as "seenWall",
  expires_wall as "expiresWall", second_factor_wall as "secondFactorWall"`

/** Begins a session. @returns its id */
export async function createSession(
  gate: Sql,
  s: Pick<SessionRow, 'person' | 'via' | 'address' | 'agent'> & { tokenHash: Buffer; secondFactor: boolean },
  wallNow: Instant,
): Promise<string> {
  const id = newId('se')
  await gate.query(
    `insert into sessions (id, token_hash, person, via, address, agent, created_wall, seen_wall, expires_wall, second_factor_wall)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)`,
    [
      id,
      s.tokenHash,
      s.person,
      s.via,
      s.address,
      s.agent?.slice(0, 200) ?? null,
      ts(wallNow),
      ts(wallNow + LONGEST_MS),
      s.secondFactor ? ts(wallNow) : null,
    ],
  )
  return id
}

/** The session behind a cookie, unless it is idle too long or too old, and as of when its request is answered. */
export async function findSession(
  gate: Sql,
  tokenHash: Buffer,
  wallNow: Instant,
): Promise<(SessionRow & { asOf: AsOf }) | undefined> {
  const found = await row<SessionRow & AsOfColumns>(
    gate,
    `select ${COLUMNS}, ${AS_OF} from sessions, as_of where token_hash = $1 and expires_wall > $2 and seen_wall > $3`,
    [tokenHash, ts(wallNow), ts(wallNow - IDLE_MS)],
  )
  if (found && found.seenWall < wallNow - SEEN_EVERY_MS)
    await gate.query('update sessions set seen_wall = $2 where id = $1', [found.id, ts(wallNow)])
  return found && withAsOf(found)
}

/** The person's valid sessions, newest first. */
export function listSessions(gate: Sql, person: string, wallNow: Instant): Promise<SessionRow[]> {
  return rows(
    gate,
    `select ${COLUMNS} from sessions where person = $1 and expires_wall > $2 and seen_wall > $3 order by created_wall desc, id desc`,
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

/** Gives the session another token, so that a stolen old one is useless. */
export async function renewToken(gate: Sql, id: string, tokenHash: Buffer): Promise<void> {
  await gate.query('update sessions set token_hash = $2 where id = $1', [id, tokenHash])
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
  await gate.query('delete from sessions where expires_wall <= $1 or seen_wall <= $2', [
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
