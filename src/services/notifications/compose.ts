import type { Calendar } from '../../domain/time/calendar.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import { runningClockStatus, dueStatusOf } from '../../domain/obligation/clock-status.ts'
import { CAUSE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { type DeadlineRow, deadlinesById, type Item, openItems } from '../deadlines/store.ts'
import { newId } from '../../db/ids.ts'
import { addRound, type NewMail } from './outbox.ts'
import { dueNotifications, markMailed, markMoot, type QueuedNotification } from './store.ts'
import type { County } from '../people/offices.ts'
import { type PersonRow, peopleById } from '../people/persons.ts'
import type { Sql } from '../../db/pool.ts'
import { type DigestEntry, type DigestItem } from '../../mail/digest-types.ts'
import { composeDigest } from '../../mail/digest.ts'
import type { LetterDeps } from '../deps.ts'
import type { TickTime } from '../schedule/tick-time.ts'
import { recipientReason } from './recipient-reason.ts'

/** As many items as a digest lists for one deadline. */
const MAX_ITEMS = 20

type Open = Map<string, { total: number; items: Item[] }>
type Composing = {
  letters: LetterDeps
  home: County
  calendar: Calendar
  deadlines: Map<string, DeadlineRow>
  open: Open
  time: TickTime
  roundAt: Instant
  urgent: boolean
}

/**
 * One digest for each person of everything the round owes them. What has been done meanwhile is moot: nobody hears of it.
 * @returns how many mails went into the outbox
 */
export async function composeRound(
  tx: Sql,
  letters: LetterDeps,
  home: County,
  time: TickTime,
): Promise<number> {
  const due = await dueNotifications(tx, home.office, time.now)
  if (due.length === 0) return 0
  const ids = [...new Set(due.flatMap((n) => n.deadline ?? []))]
  const open = await openItems(tx, ids, MAX_ITEMS)
  const [alive, moot] = partition(due, (n) => n.deadline === null || open.has(n.deadline))
  await markMoot(
    tx,
    moot.map((n) => n.id),
  )
  if (alive.length === 0) return 0
  const composing: Composing = {
    letters,
    home,
    calendar: await readCalendar(tx),
    deadlines: new Map((await deadlinesById(tx, ids)).map((d) => [d.id, d])),
    open,
    time,
    roundAt: Math.max(...alive.map((n) => n.roundAt)),
    urgent: alive.every((n) => n.urgent),
  }
  return postRound(tx, composing, alive)
}

async function postRound(
  tx: Sql,
  composing: Composing,
  notifications: QueuedNotification[],
): Promise<number> {
  const people = await peopleById(
    tx,
    [...new Set(notifications.map((n) => n.person))],
    dayOf(composing.time.now),
  )
  const written = people.map((person) => {
    const theirs = notifications.filter((n) => n.person === person.id)
    return { mail: letterFor(person, theirs, composing), notifications: theirs }
  })
  const { home, roundAt, urgent, letters, time } = composing
  await addRound(
    tx,
    { county: home.office, at: roundAt, urgent, archived: letters.archive },
    written.map((w) => w.mail),
    time,
  )
  await markMailed(
    tx,
    written.flatMap((w) => w.notifications.map((n) => ({ notification: n.id, mail: w.mail.id }))),
  )
  return written.length
}

function letterFor(person: PersonRow, notifications: QueuedNotification[], composing: Composing): NewMail {
  const { letters, home, time, roundAt, urgent } = composing
  const id = newId('ml')
  const threadId = `<thread.${person.id}.${home.office}@${letters.mailDomain}>`
  const letter = composeDigest({
    recipient: { name: person.name, roles: person.roles, officeName: person.officeName },
    county: home.name,
    now: time.now,
    round: roundAt,
    urgent,
    sections: entriesFor(notifications, composing),
    corrections: notifications.flatMap((n) => n.detail ?? []),
    dashboardUrl: letters.dashboardUrl,
    trial: letters.trial,
    contact: home.contact,
  })
  return {
    id,
    messageId: `<${id}@${letters.mailDomain}>`,
    person: person.id,
    toAddress: person.email,
    ...letter,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Duban-Round': new Date(roundAt).toISOString(),
    },
    threadId,
  }
}

/** One entry for each deadline and kind: two causes about the same thing are said once. */
function entriesFor(notifications: QueuedNotification[], composing: Composing): DigestEntry[] {
  const entries = new Map<string, DigestEntry>()
  for (const notification of notifications) {
    const deadline =
      notification.deadline === null ? undefined : composing.deadlines.get(notification.deadline)
    if (!deadline || notification.kind === 'correction') continue
    const key = `${deadline.id}/${notification.kind}`
    if (!entries.has(key)) entries.set(key, entryOf(notification, notification.kind, deadline, composing))
  }
  return [...entries.values()]
}

function entryOf(
  notification: QueuedNotification,
  kind: DigestEntry['kind'],
  deadline: DeadlineRow,
  { open, calendar, time, letters }: Composing,
): DigestEntry {
  const { total, items } = open.get(deadline.id) ?? { total: 0, items: [] }
  const standing = dueStatusOf(deadline, calendar, time.now)
  return {
    kind,
    deadline: deadline.id,
    obligationKind: deadline.kind,
    stage: deadline.stage,
    level: deadline.level,
    officeName: deadline.officeName,
    label: deadline.label,
    count: total,
    dueOn: deadline.dueOn,
    clock: runningClockStatus(deadline, calendar, time.now),
    remainingWorkingDays: standing.remainingWorkingDays,
    overdueWorkingDays: standing.overdueWorkingDays,
    items: items.map((item) => itemOf(item, letters)),
    why: recipientReason(notification, deadline.officeName, '您'),
  }
}

function itemOf(item: Item, letters: LetterDeps): DigestItem {
  return {
    obligationId: item.obligation,
    externalId: item.externalId,
    title: item.title,
    cause: item.cause ? CAUSE_LABELS[item.cause] : null,
    url: `${letters.dashboardUrl}/obligations/${item.obligation}`,
  }
}

function partition<T>(all: T[], test: (item: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((item) => !test(item))]
}
