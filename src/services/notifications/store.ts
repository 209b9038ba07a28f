import type { MomentForm } from '../../domain/escalation/moment-form.ts'
import type { Audience } from '../../domain/escalation/moments.ts'
import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'

export type NotificationKind = 'assigned' | 'reminder' | 'escalation' | 'passed-on' | 'correction'
export type NewNotification = {
  county: string
  /** Tells one occasion from another, and nothing else: what happened stands in the other fields. */
  cause: string
  kind: NotificationKind
  person: string
  deadline: string | null
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
  notifications: readonly NewNotification[],
  now: Instant,
): Promise<void> {
  if (notifications.length === 0) return
  await tx.query(
    `insert into notifications (created_at, id, county, cause, kind, person, deadline, audience, detail, urgent, round_at,
       moment, moment_form, undelivered_to)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[],
       $9::text[], $10::bool[], $11::timestamptz[], $12::text[], $13::jsonb[], $14::text[])
     on conflict (cause, person) do nothing`,
    [
      ts(now),
      notifications.map(() => newId('nt')),
      notifications.map((n) => n.county),
      notifications.map((n) => n.cause),
      notifications.map((n) => n.kind),
      notifications.map((n) => n.person),
      notifications.map((n) => n.deadline),
      notifications.map((n) => (n.audience ? JSON.stringify(n.audience) : null)),
      notifications.map((n) => n.detail),
      notifications.map((n) => n.urgent),
      notifications.map((n) => ts(n.roundAt).toISOString()),
      notifications.map((n) => n.moment),
      notifications.map((n) => (n.momentForm ? JSON.stringify(n.momentForm) : null)),
      notifications.map((n) => n.undeliveredTo),
    ],
  )
}

export type QueuedNotification = NewNotification & { id: string }

const QUEUED = `id, county, cause, kind, person, deadline, moment, moment_form as "momentForm", undelivered_to as "undeliveredTo",
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
  reason: 'vacant' | 'undeliverable'
  passedTo: string | null
}

/** Nobody stands on this rung, or no mail gets there (R20: nothing is dropped silently). */
export async function addNotReached(tx: Sql, entries: readonly NotReached[], now: Instant): Promise<void> {
  for (const e of entries)
    await tx.query(
      `insert into not_reached (id, county, cause, office, role, person, reason, passed_to, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [newId('nr'), e.county, e.cause, e.office, e.role, e.person, e.reason, e.passedTo, ts(now)],
    )
}
