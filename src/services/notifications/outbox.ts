import type { CountedItems } from '../../domain/obligation/counted-lists.ts'
import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRow, insertRows } from '../../db/insert-rows.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import { mails as mailTable, rounds } from '../../db/schema/index.ts'
import { columns } from '../../db/select-columns.ts'

const LETTER = [
  ...(['id', 'messageId', 'person', 'toAddress', 'subject', 'text', 'html', 'headers', 'threadId'] as const),
] as const
/**
 * `lateCount`: how many late obligations it reports; the next digest says how that changed. `counted`: what its numbers stand for; left
 * out of what has no such links.
 */
export type NewMail = RowOf<typeof mailTable, (typeof LETTER)[number] | 'lateCount'> & {
  counted?: CountedItems
}

export type BothTimes = { now: Instant; wallNow: number }

/** Opens a round and puts its mails into the outbox. `archived` mails (demonstration history) never leave. */
export async function addRound(
  tx: Sql,
  round: { county: string; at: Instant; urgent: boolean; archived: boolean },
  mails: readonly NewMail[],
  { now, wallNow }: BothTimes,
): Promise<string> {
  const id = newId('rd')
  const { county, at, urgent, archived } = round
  await insertRow(tx, rounds, { id, county, at, urgent, composedAt: now })
  const fate = archived ? ({ state: 'archived', settledAt: now } as const) : ({ state: 'queued' } as const)
  await insertRows(
    tx,
    mailTable,
    mails.map((mail) => ({ ...mail, counted: mail.counted ?? null, ...fate })),
    { constant: { county, round: id, composedAt: now, nextAttemptWall: wallNow } },
  )
  return id
}

/** Whether the county's office is open, and since when a first attempt may leave though it is not. */
export type Hours = { open: boolean; freshSince: Instant }

/**
 * What may leave, as SQL: in office hours everything, otherwise only a first attempt of a round that has just been composed.
 * `$open` and `$fresh` are replaced by the numbers of its parameters.
 */
const MAY_LEAVE = `($open or (state = 'queued' and attempts = 0 and reply is null and composed_at > $fresh))`

function mayLeave(open: number, fresh: number): string {
  return MAY_LEAVE.replace('$open', `$${open}::boolean`).replace('$fresh', `$${fresh}`)
}

const CLAIMED = columns(mailTable, 'm', [...LETTER, 'county', 'attempts', 'refusedWall'])
export type ClaimedMail = Omit<NewMail, 'lateCount' | 'counted'> &
  RowOf<typeof mailTable, 'county' | 'attempts' | 'refusedWall'>

/**
 * Takes mails whose attempt is due, each to the address its reader has now. Of those due together the least tried go first: while
 * mail is held one mail tries, and it must not always be the same. Until the lease ends nobody else takes them; then
 * they are sent again, same Message-ID.
 */
export function claimMails(
  sql: Sql,
  county: string,
  at: { wallNow: number; hours: Hours },
  leaseMs: number,
  limit: number,
): Promise<ClaimedMail[]> {
  const { wallNow, hours } = at
  return rows(
    sql,
    `update mails m set state = 'sending', attempts = m.attempts + 1, next_attempt_wall = $3, to_address = p.email
       from people p
      where p.id = m.person and m.id in (
        select id from mails where county = $1 and state in ('queued','sending') and next_attempt_wall <= $2
           and ${mayLeave(5, 6)}
         order by next_attempt_wall, attempts, id limit $4 for update skip locked)
      returning ${CLAIMED}`,
    [county, ts(wallNow), ts(wallNow + leaseMs), limit, hours.open, ts(hours.freshSince)],
  )
}

type Settled = {
  state: 'accepted' | 'failed'
  reply: string
  about?: RowOf<typeof mailTable>['refusalAbout']
}

/** The SMTP side has spoken for good. A mail that bounced meanwhile stays so. */
export async function settleMail(
  sql: Sql,
  id: string,
  { state, reply, about = null }: Settled,
  { now, wallNow }: BothTimes,
): Promise<void> {
  await sql.query(
    `update mails set state = $2, reply = $3, settled_at = $4, settled_wall = $5, refusal_about = $6
      where id = $1 and bounced_at is null`,
    [id, state, reply, ts(now), ts(wallNow), about],
  )
}

type Postponed = {
  reply: string
  nextWall: number
  /** When it was put off, if it was not before. */
  refusedWall: number
  /** Whom the server put off; null where it did not answer. */
  about: 'us' | 'reader' | null
  /** The server may have the mail. */
  maybeDelivered: boolean
}

/** Not now: the reply is kept, and the mail tries again at the given wall time. */
export async function postponeMail(sql: Sql, id: string, postponed: Postponed): Promise<void> {
  const { reply, nextWall, refusedWall, about, maybeDelivered } = postponed
  await sql.query(
    `update mails set state = 'queued', reply = $2, next_attempt_wall = $3, refusal_about = coalesce($4, refusal_about),
            refused_wall = case when $4::text is null then refused_wall else coalesce(refused_wall, $5) end,
            maybe_delivered = maybe_delivered or $6
      where id = $1 and bounced_at is null`,
    [id, reply, ts(nextWall), about, ts(refusedWall), maybeDelivered],
  )
}

/** Takes what still waits for somebody out of the outbox. @returns the mails' ids */
export async function withdrawMails(
  tx: Sql,
  person: string,
  reply: string,
  time: BothTimes,
): Promise<string[]> {
  const gone = await rows<{ id: string }>(
    tx,
    `update mails set state = 'failed', reply = $2, settled_at = $3, settled_wall = $4
      where person = $1 and state in ('queued','sending') returning id`,
    [person, reply, ts(time.now), ts(time.wallNow)],
  )
  return gone.map(({ id }) => id)
}

/** Wall time of the next attempt that may leave, or null when there is none. */
export async function nextAttempt(sql: Sql, county: string, hours: Hours): Promise<number | null> {
  const found = await row<{ at: number | null }>(
    sql,
    `select min(next_attempt_wall) as at from mails
      where county = $1 and state in ('queued','sending') and ${mayLeave(2, 3)}`,
    [county, hours.open, ts(hours.freshSince)],
  )
  return found?.at ?? null
}
