import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import type { NewRow, RowOf } from '../../db/row-types.ts'
import { notifications, notReached } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRows } from '../../db/select-columns.ts'

export type { NotificationKind } from '../../domain/escalation/notification-kind.ts'

const WHAT = [
  'id',
  'county',
  'cause',
  'kind',
  'person',
  'deadline',
  'obligation',
  'moment',
  'momentForm',
  'undeliveredTo',
] as const
const QUEUED_KEYS = [...WHAT, 'audience', 'detail', 'urgent', 'roundAt'] as const
const QUEUED = columns(notifications, 'n', QUEUED_KEYS)
/**
 * `cause` tells one occasion from another, and nothing else: what happened stands in the other fields. `obligation`: what was
 * accepted, when no open deadline says what the line is about. `moment` and `momentForm` are null where no moment is told of.
 * `undeliveredTo`: whose mail did not arrive, so that this person is told in their place.
 */
export type QueuedNotification = RowsOf<typeof QUEUED>
export type NewNotification = Omit<QueuedNotification, 'id'>

/** Owes somebody a line in a digest. A cause tells a person once, however often it is recorded (decision 6). */
export async function addNotifications(
  tx: Sql,
  given: readonly NewNotification[],
  now: Instant,
): Promise<void> {
  await insertRows(
    tx,
    notifications,
    given.map((n) => ({ id: newId('nt'), ...n })),
    { constant: { createdAt: now }, onConflict: '(cause, person) do nothing' },
  )
}

/** What the round owes: everything queued whose round has come. */
export function dueNotifications(tx: Sql, county: string, now: Instant): Promise<QueuedNotification[]> {
  return selectRows(
    tx,
    QUEUED,
    `from notifications n where county = $1 and state = 'queued' and round_at <= $2 order by id for update`,
    [county, ts(now)],
  )
}

/** What waits for a round to tell one person. */
export function notificationsOwedTo(tx: Sql, person: string): Promise<QueuedNotification[]> {
  return selectRows(
    tx,
    QUEUED,
    `from notifications n where person = $1 and state = 'queued' order by id for update`,
    [person],
  )
}

export function notificationsOfMail(sql: Sql, mail: string): Promise<QueuedNotification[]> {
  return selectRows(sql, QUEUED, 'from notifications n where mail = $1 order by id', [mail])
}

/** A line of a mail that waits. */
const WAITING_LINE = columns(notifications, 'n', [...QUEUED_KEYS, 'createdAt', 'mail'])
export type WaitingLine = RowsOf<typeof WAITING_LINE> & { red: boolean }

/** What these mails tell, and which lines are about a red warning. A moot line has been passed on, or nobody needs to hear of it. */
export function linesOfMails(sql: Sql, mails: readonly string[]): Promise<WaitingLine[]> {
  return rows(
    sql,
    `select ${WAITING_LINE}, d.level is not distinct from 'red' as red
       from notifications n left join deadlines d on d.id = n.deadline
      where n.mail = any($1) and n.state = 'mailed' order by n.id`,
    [mails],
  )
}

/** Everybody who was told of these occasions, in this round or another. */
export function toldOfCauses(sql: Sql, causes: readonly string[]): Promise<QueuedNotification[]> {
  return selectRows(
    sql,
    QUEUED,
    `from notifications n where cause = any($1) and state <> 'moot' order by id`,
    [causes],
  )
}

export async function nextNotificationRound(sql: Sql, county: string): Promise<Instant | null> {
  const found = await row<{ at: Instant | null }>(
    sql,
    `select min(round_at) as at from notifications where county = $1 and state = 'queued'`,
    [county],
  )
  return found?.at ?? null
}

/** The thing was done before the round: nobody needs to hear of it. */
export async function markMoot(tx: Sql, ids: readonly string[]): Promise<void> {
  await tx.query(`update notifications set state = 'moot' where id = any($1)`, [ids])
}

export async function markMailed(
  tx: Sql,
  pairs: readonly { notification: string; mail: string }[],
): Promise<void> {
  await tx.query(
    `update notifications n set state = 'mailed', mail = p.mail
       from unnest($1::text[], $2::text[]) as p(notification, mail) where n.id = p.notification`,
    [pairs.map((p) => p.notification), pairs.map((p) => p.mail)],
  )
}

/** The regular round at this instant has left already: what comes now waits for the next one. */
export async function roundHasLeft(sql: Sql, county: string, at: Instant): Promise<boolean> {
  return (
    (await row(sql, 'select 1 from rounds where county = $1 and at = $2 and not urgent', [
      county,
      ts(at),
    ])) !== undefined
  )
}

export type NotReached = Omit<NewRow<typeof notReached>, 'id' | 'at'> &
  RowOf<typeof notReached, 'person' | 'passedTo'>

/** Nobody stands on this rung, no mail gets there, or it is put off (R20: nothing is dropped silently). */
export async function addNotReached(tx: Sql, entries: readonly NotReached[], now: Instant): Promise<void> {
  await insertRows(
    tx,
    notReached,
    entries.map((entry) => ({ id: newId('nr'), ...entry })),
    { constant: { at: now }, onConflict: 'do nothing' },
  )
}
