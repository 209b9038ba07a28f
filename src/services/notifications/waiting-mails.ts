import { DEFERRAL_LIMITS, deferralLimit } from '../../domain/escalation/deferral.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import type { Instant } from '../../domain/time/days.ts'
import { type OfficeHours, nextOpening, nextRound } from '../../domain/time/office-hours.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { mails } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { currentPolicy } from '../schedule/policies.ts'
import { passOnAll } from './pass-on-undelivered.ts'
import { linesOfMails, type WaitingLine } from './store.ts'
import { SERVER_PUTS_OFF } from './unreachable.ts'

const WAITING = columns(mails, 'm', [
  ...(['id', 'person', 'state', 'attempts', 'reply', 'composedAt', 'nextAttemptWall'] as const),
  ...(['refusalAbout', 'maybeDelivered'] as const),
])
export type WaitingMail = RowsOf<typeof WAITING>

const FROM_WAITING = `from mails m where county = $1 and state = 'queued' order by id`

/** What has not left yet, locked. A mail that is just being sent is none of them. */
export function waitingMails(tx: Sql, county: string): Promise<WaitingMail[]> {
  return selectRows(tx, WAITING, `${FROM_WAITING} for update skip locked`, [county])
}

export type MailCalendar = { hours: OfficeHours; calendar: Calendar }

/** When the first regular round after its composing comes: from then on it is composed anew. */
export function staleAt({ composedAt }: WaitingMail, { hours, calendar }: MailCalendar): Instant {
  return nextRound(composedAt + 1, hours, calendar)
}

/** The reader's own mailbox puts it off, and the limit of the line has come: somebody else is told beside it. */
export async function passOnDeferred(
  tx: Sql,
  county: string,
  waiting: readonly WaitingMail[],
  when: MailCalendar & { now: Instant },
): Promise<void> {
  const due = (await deferredLines(tx, county, waiting, when)).filter(({ limit }) => limit <= when.now)
  await passOnAll(
    tx,
    due.map(({ line }) => line),
    'deferred',
    when.now,
  )
}

async function deferredLines(
  tx: Sql,
  county: string,
  waiting: readonly WaitingMail[],
  { hours, calendar }: MailCalendar,
) {
  const deferred = waiting.filter((mail) => mail.refusalAbout === 'reader')
  if (deferred.length === 0 || (await isServersDoing(tx, deferred))) return []
  const composed = new Map(deferred.map((mail) => [mail.id, mail.composedAt]))
  const lines = await linesOfMails(tx, [...composed.keys()])
  const limits = (await currentPolicy(tx, county)).deferral ?? DEFERRAL_LIMITS
  return (await withoutPassedOn(tx, lines)).map((line) => {
    const urgent = line.urgent || line.red
    const composedAt = composed.get(line.mail ?? '') ?? line.createdAt
    return { line, limit: deferralLimit({ ...line, urgent, composedAt }, hours, calendar, limits) }
  })
}

/** A line is put off once only, however often its mail is composed anew. */
async function withoutPassedOn(tx: Sql, lines: readonly WaitingLine[]): Promise<WaitingLine[]> {
  const listed = await rows<{ cause: string; person: string }>(
    tx,
    `select cause, person from not_reached where reason = 'deferred' and cause = any($1)`,
    [lines.map(({ cause }) => `${cause}/deferred`)],
  )
  const done = new Set(listed.map(({ cause, person }) => `${cause} ${person}`))
  return lines.filter(({ cause, person }) => !done.has(`${cause}/deferred ${person}`))
}

/** Where the server puts everybody off, telling others is in vain. */
async function isServersDoing(tx: Sql, deferred: readonly WaitingMail[]): Promise<boolean> {
  if (new Set(deferred.map(({ person }) => person)).size < SERVER_PUTS_OFF) return false
  const taken = await rows(
    tx,
    `select 1 from mails where county = (select county from mails where id = $1) and state = 'accepted'
        and settled_wall >= (select min(refused_wall) from mails where id = any($2)) limit 1`,
    [deferred[0]?.id, deferred.map(({ id }) => id)],
  )
  return taken.length === 0
}

/**
 * When the courier has to look at what waits: at the opening of the office, at the round that composes it anew, and at the
 * limits of what is put off. Business time; null when nothing waits.
 */
export async function nextMailWake(
  tx: Sql,
  county: string,
  when: MailCalendar & { now: Instant },
): Promise<Instant | null> {
  const { hours, calendar, now } = when
  const waiting = await selectRows(tx, WAITING, FROM_WAITING, [county])
  if (waiting.length === 0) return null
  const limits = (await deferredLines(tx, county, waiting, when)).map(({ limit }) => limit)
  const composed = new Map(
    waiting.filter((mail) => !mail.maybeDelivered).map((mail) => [mail.composedAt, mail]),
  )
  const stale = [...composed.values()].map((mail) => staleAt(mail, when))
  const wakes = [nextOpening(now, hours, calendar), ...stale, ...limits].filter((at) => at > now)
  return wakes.length === 0 ? null : Math.min(...wakes)
}
