import { lastRound } from '../../domain/time/office-hours.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { acceptedItems, openItems } from '../deadlines/store.ts'
import type { BothTimes } from './outbox.ts'
import { stillTheirs } from './still-theirs.ts'
import { linesOfMails, type WaitingLine } from './store.ts'
import { type MailCalendar, staleAt, type WaitingMail } from './waiting-mails.ts'

/** A mail that is composed anew, with the lines that went back to the queue. */
export type Superseded = { mail: string; lines: string[] }

/**
 * A mail that waited says what was true when it was composed. When its attempt comes due in a later round, or something in it
 * has been done meanwhile, it is superseded: its lines go back to the queue, and the round composes one digest of all that is
 * still true for this person. A mail that the server may have keeps its Message-ID; it is dropped only when nothing in it is
 * true any more. Call this before the round is composed, in office hours, and `linkSuperseded` after it.
 */
export async function supersedeStale(
  tx: Sql,
  waiting: readonly WaitingMail[],
  when: MailCalendar & BothTimes,
): Promise<Superseded[]> {
  const tried = waiting.filter(
    (mail) => mail.attempts > 0 || mail.reply !== null || staleAt(mail, when) <= when.now,
  )
  if (tried.length === 0) return []
  const lines = await linesOfMails(
    tx,
    tried.map(({ id }) => id),
  )
  const open = await openItems(tx, [...new Set(lines.flatMap((line) => line.deadline ?? []))], 1)
  const accepted = await acceptedItems(tx, [...new Set(lines.flatMap((line) => line.obligation ?? []))])
  const isTrue = ({ obligation, deadline }: WaitingLine) =>
    obligation !== null ? accepted.has(obligation) : deadline === null || open.has(deadline)
  const superseded = tried
    .map((mail) => ({ mail, lines: lines.filter((line) => line.mail === mail.id) }))
    .filter(({ mail, lines: its }) => isStale(mail, its.map(isTrue), when))
    .map(({ mail, lines: its }) => ({ mail: mail.id, lines: its.map(({ id }) => id) }))
  await requeue(tx, superseded, lastRound(when.now, when.hours, when.calendar))
  return superseded
}

function isStale(mail: WaitingMail, truths: readonly boolean[], when: MailCalendar & BothTimes): boolean {
  if (truths.every((isTrue) => !isTrue)) return true
  if (mail.maybeDelivered) return false
  if (staleAt(mail, when) <= when.now) return true
  return mail.nextAttemptWall <= when.wallNow && truths.some((isTrue) => !isTrue)
}

/**
 * A mail that did not arrive, to be sent anew: its lines go back to the queue, and the round composes one digest of all that
 * is still true, to the address the person has now. What it told of has passed on already; it does so only once. Nothing is
 * sent anew to somebody disabled, nor of what is theirs no longer: a mail without such lines stays as it is.
 */
export async function requeueFailed(
  tx: Sql,
  messageIds: readonly string[],
  { now, hours, calendar }: MailCalendar & BothTimes,
): Promise<Superseded[]> {
  if (messageIds.length === 0) return []
  const failed = await rows<{ id: string }>(
    tx,
    `select m.id from mails m join people p on p.id = m.person
      where m.message_id = any($1) and m.state = 'failed' and p.active order by m.id for update of m`,
    [messageIds],
  )
  const told = await linesOfMails(
    tx,
    failed.map(({ id }) => id),
  )
  const lines = await stillTheirs(tx, told, now)
  const again = failed
    .map(({ id }) => ({ mail: id, lines: lines.filter(({ mail }) => mail === id).map((line) => line.id) }))
    .filter((mail) => mail.lines.length > 0)
  await requeue(tx, again, lastRound(now, hours, calendar))
  return again
}

async function requeue(tx: Sql, superseded: readonly Superseded[], round: number): Promise<void> {
  if (superseded.length === 0) return
  await tx.query(`update mails set state = 'superseded' where id = any($1)`, [
    superseded.map(({ mail }) => mail),
  ])
  await tx.query(
    `update notifications set state = 'queued', mail = null, round_at = greatest(round_at, $2) where id = any($1)`,
    [superseded.flatMap(({ lines }) => lines), ts(round)],
  )
}

const NOTHING_TRUE = '等待期间其中各项都已办结,没有再发。'

/** Says of each superseded mail which mail says the rest, or that nothing of it was true any more. */
export async function linkSuperseded(
  tx: Sql,
  superseded: readonly Superseded[],
  { now, wallNow }: BothTimes,
): Promise<void> {
  for (const { mail, lines } of superseded) {
    const [newer] = await rows<{ mail: string | null }>(
      tx,
      `select mail from notifications where id = any($1) and state <> 'moot' order by mail nulls last limit 1`,
      [lines],
    )
    await tx.query(
      `update mails set state = $2, superseded_by = $3, settled_at = $4, settled_wall = $5, reply = coalesce($6, reply)
        where id = $1`,
      [
        mail,
        newer ? 'superseded' : 'moot',
        newer?.mail ?? null,
        ts(now),
        ts(wallNow),
        newer ? null : NOTHING_TRUE,
      ],
    )
    // Older ones point to the newest at once, and a line that is moot stays with the mail that had it.
    if (newer?.mail)
      await tx.query('update mails set superseded_by = $2 where superseded_by = $1', [mail, newer.mail])
    await tx.query(`update notifications set mail = $2 where id = any($1) and state = 'moot'`, [lines, mail])
  }
}
