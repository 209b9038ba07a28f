import type { MomentForm } from '../../domain/escalation/moment-form.ts'
import type { Audience } from '../../domain/escalation/audience.ts'
import type { NotificationKind } from '../../domain/escalation/notification-kind.ts'
import type { VacancyReason } from '../../domain/escalation/vacant-rung.ts'
import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import { notifications, notReached } from '../../db/schema/index.ts'

export type { NotificationKind } from '../../domain/escalation/notification-kind.ts'
export type NewNotification = {
  county: string
  /** Tells one occasion from another, and nothing else: what happened stands in the other fields. */
  cause: string
  kind: NotificationKind
  person: string
  deadline: string | null
  /** What was accepted, when no open deadline says what the line is about. */
  obligation: string | null
  /** The moment that is told of; both are null where none is. */
  moment: string | null
  momentForm: MomentForm | null
  /** Whose mail did not arrive, so that this person is told in their place. */
  undeliveredTo: string | null
  audience: Audience | null
  detail: string | null
  urgent: boolean
  roundAt: Instant
}

/** Owes somebody a line in a digest. A cause tells a person once, however often it is recorded (decision 6). */
export async function addNotifications(
  tx: Sql,
  added: readonly NewNotification[],
  now: Instant,
): Promise<void> {
  await insertRows(
    tx,
    notifications,
    added.map((n) => ({ ...n, id: newId('nt'), createdAt: now })),
    { onConflict: '(cause, person) do nothing' },
  )
}

export type QueuedNotification = NewNotification & { id: string }

const QUEUED = `id, county, cause, kind, person, deadline, obligation, moment, moment_form as "momentForm", undelivered_to as "undeliveredTo",
  audience, detail, urgent, round_at as "roundAt"`

/** What the round owes: everything queued whose round has come. */
export function dueNotifications(tx: Sql, county: string, now: Instant): Promise<QueuedNotification[]> {
  return rows(
    tx,
    `select ${QUEUED} from notifications where county = $1 and state = 'queued' and round_at <= $2 order by id for update`,
    [county, ts(now)],
  )
}

/** What waits for a round to tell one person. */
export function notificationsOwedTo(tx: Sql, person: string): Promise<QueuedNotification[]> {
  return rows(
    tx,
    `select ${QUEUED} from notifications where person = $1 and state = 'queued' order by id for update`,
    [person],
  )
}

export function notificationsOfMail(sql: Sql, mail: string): Promise<QueuedNotification[]> {
  return rows(sql, `select ${QUEUED} from notifications where mail = $1 order by id`, [mail])
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

export type NotReached = {
  county: string
  cause: string
  office: string
  role: string
  person: string | null
  reason: VacancyReason | 'undeliverable'
  passedTo: string | null
}

/** Nobody stands on this rung, or no mail gets there (R20: nothing is dropped silently). */
export async function addNotReached(tx: Sql, entries: readonly NotReached[], now: Instant): Promise<void> {
  await insertRows(
    tx,
    notReached,
    entries.map((entry) => ({ ...entry, id: newId('nr'), at: now })),
    { onConflict: 'do nothing' },
  )
}
