import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'

export type NewMail = {
  id: string
  messageId: string
  person: string
  toAddress: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
  threadId: string
  /** How many late matters it reports; the next digest says how that changed. */
  lateCount: number | null
}

/** Opens a round and puts its mails into the outbox. `archived` mails (demonstration history) never leave. */
export async function addRound(
  tx: Sql,
  round: { county: string; at: Instant; urgent: boolean; archived: boolean },
  mails: readonly NewMail[],
  time: { now: Instant; wallNow: number },
): Promise<string> {
  const id = newId('rd')
  await tx.query('insert into rounds (id, county, at, urgent, composed_at) values ($1, $2, $3, $4, $5)', [
    id,
    round.county,
    ts(round.at),
    round.urgent,
    ts(time.now),
  ])
  await tx.query(
    `insert into mails (county, round, state, composed_at, next_attempt_wall, settled_at, id, message_id, person, to_address,
       subject, text_body, html_body, headers, thread_id, late_count)
     select $1, $2, $3, $4, $5, $6, * from unnest($7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
       $13::text[], $14::jsonb[], $15::text[], $16::int[])`,
    [
      round.county,
      id,
      round.archived ? 'archived' : 'queued',
      ts(time.now),
      ts(time.wallNow),
      round.archived ? ts(time.now) : null,
      mails.map((m) => m.id),
      mails.map((m) => m.messageId),
      mails.map((m) => m.person),
      mails.map((m) => m.toAddress),
      mails.map((m) => m.subject),
      mails.map((m) => m.text),
      mails.map((m) => m.html),
      mails.map((m) => JSON.stringify(m.headers)),
      mails.map((m) => m.threadId),
      mails.map((m) => m.lateCount),
    ],
  )
  return id
}

export type ClaimedMail = Omit<NewMail, 'lateCount'> & { attempts: number }

/** Takes mails whose attempt is due. Until the lease ends nobody else takes them; then they are sent again, same Message-ID. */
export function claimMails(
  sql: Sql,
  county: string,
  wallNow: number,
  leaseMs: number,
  limit: number,
): Promise<ClaimedMail[]> {
  return rows(
    sql,
    `update mails set state = 'sending', attempts = attempts + 1, next_attempt_wall = $3
      where id in (select id from mails where county = $1 and state in ('queued','sending') and next_attempt_wall <= $2
                    order by next_attempt_wall, id limit $4 for update skip locked)
      returning id, message_id as "messageId", person, to_address as "toAddress", subject, text_body as text, html_body as html,
                headers, thread_id as "threadId", attempts`,
    [county, ts(wallNow), ts(wallNow + leaseMs), limit],
  )
}

/** The SMTP side has spoken for good. */
export async function settleMail(
  sql: Sql,
  id: string,
  fate: { state: 'accepted' | 'failed'; reply: string },
  time: { now: Instant; wallNow: number },
): Promise<void> {
  await sql.query(
    'update mails set state = $2, reply = $3, settled_at = $4, settled_wall = $5 where id = $1',
    [id, fate.state, fate.reply, ts(time.now), ts(time.wallNow)],
  )
}

/** Not now: the reply is kept, and the mail tries again at the given wall time. */
export async function postponeMail(sql: Sql, id: string, reply: string, nextWall: number): Promise<void> {
  await sql.query(`update mails set state = 'queued', reply = $2, next_attempt_wall = $3 where id = $1`, [
    id,
    reply,
    ts(nextWall),
  ])
}

/** Takes what still waits for somebody out of the outbox. @returns the mails' ids */
export async function withdrawMails(
  tx: Sql,
  person: string,
  reply: string,
  time: { now: Instant; wallNow: number },
): Promise<string[]> {
  const gone = await rows<{ id: string }>(
    tx,
    `update mails set state = 'failed', reply = $2, settled_at = $3, settled_wall = $4
      where person = $1 and state in ('queued','sending') returning id`,
    [person, reply, ts(time.now), ts(time.wallNow)],
  )
  return gone.map(({ id }) => id)
}

/** A refused login stops the whole queue: every waiting mail of the county stands back, and none has had an attempt. */
export async function haltMails(sql: Sql, county: string, reply: string, untilWall: number): Promise<void> {
  await sql.query(
    `update mails set state = 'queued', reply = $2, next_attempt_wall = greatest(next_attempt_wall, $3),
            attempts = attempts - (state = 'sending')::int
      where county = $1 and state in ('queued','sending')`,
    [county, reply, ts(untilWall)],
  )
}

/** Wall time of the next attempt that is owed, or null when the outbox is empty. */
export async function nextAttempt(sql: Sql, county: string): Promise<number | null> {
  const found = await row<{ at: number | null }>(
    sql,
    `select min(next_attempt_wall) as at from mails where county = $1 and state in ('queued','sending')`,
    [county],
  )
  return found?.at ?? null
}
