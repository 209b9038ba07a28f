import type { Instant } from '../../domain/time/days.ts'
import type { OpenGroup } from '../../domain/obligation/standing.ts'
import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import { composeDigest } from '../../mail/digest.ts'
import { isOneThing } from '../../mail/digest-view.ts'
import type { DigestInput } from '../../mail/digest-types.ts'
import { lateItems, type LateItemRow } from '../deadlines/late-items.ts'
import { acceptedItems, deadlinesById, openItems } from '../deadlines/store.ts'
import type { LetterDeps } from '../deps.ts'
import { openGroups } from '../obligations/open-groups.ts'
import type { County } from '../people/offices.ts'
import { readCalendar } from '../schedule/calendar.ts'
import type { TickTime } from '../schedule/tick-time.ts'
import { entriesFor, lateItemOf, type RoundFacts } from './digest-entries.ts'
import { highestTold } from './also-told.ts'
import { countNotReached, lateCountsBefore, toldOfLate } from './mail-queries.ts'
import { addRound, type NewMail } from './outbox.ts'
import { isTheirs, lateIn, readerStanding } from './reader-standing.ts'
import { countyStaff, type Reader, readersOf } from './readers.ts'
import { dueNotifications, markMailed, markMoot, type QueuedNotification, toldOfCauses } from './store.ts'

/** As many items as a digest reads for one deadline, and as many late ones as it lists. */
const MAX_ITEMS = 20
const LATE_LISTED = 10
const WEEK_MS = 7 * 24 * 60 * 60_000

type Composing = RoundFacts & {
  letters: LetterDeps
  home: County
  groups: readonly OpenGroup[]
  late: readonly LateItemRow[]
  lateBefore: ReadonlyMap<string, number>
  toldUpTo: ReadonlyMap<string, string>
  notReached: number
  roundAt: Instant
  urgent: boolean
}

/**
 * One digest for each person of everything the round owes them, beginning with how things stand at this instant. What has
 * been done meanwhile is moot: nobody hears of it.
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
  const accepted = await acceptedItems(tx, [...new Set(due.flatMap((n) => n.obligation ?? []))])
  const holds = (n: QueuedNotification) =>
    n.obligation !== null ? accepted.has(n.obligation) : n.deadline === null || open.has(n.deadline)
  const [alive, moot] = partition(due, holds)
  await markMoot(
    tx,
    moot.map((n) => n.id),
  )
  if (alive.length === 0) return 0
  return postRound(tx, await readRound(tx, { letters, home, time, alive, ids, open, accepted }), time)
}

type Due = Pick<RoundFacts, 'open' | 'accepted'> & { letters: LetterDeps; home: County; time: TickTime } & {
  alive: readonly QueuedNotification[]
  ids: readonly string[]
}

async function readRound(tx: Sql, due: Due): Promise<Composing> {
  const { letters, home, time, alive } = due
  const staff = await countyStaff(tx, home.office)
  const told = await toldOfCauses(tx, [...new Set(alive.map((n) => n.cause))])
  const named = [...alive, ...told].map((n) => n.person)
  const readers = await readersOf(tx, staff, named, time.now)
  const offices = [...new Set(readers.flatMap((r) => [...r.works, ...r.heads]))]
  return {
    ...{ letters, home, open: due.open, accepted: due.accepted, now: time.now },
    notifications: alive,
    calendar: await readCalendar(tx),
    readers: new Map(readers.map((r) => [r.id, r])),
    offices: staff.offices,
    deadlines: new Map((await deadlinesById(tx, due.ids)).map((d) => [d.id, d])),
    groups: await openGroups(tx, home.office),
    late: await lateItems(tx, offices, time.now, LATE_LISTED + MAX_ITEMS),
    lateBefore: await lateCountsBefore(
      tx,
      readers.map((r) => r.id),
    ),
    told,
    toldUpTo: highestTold(readers.some((r) => r.oversees) ? await toldOfLate(tx, home.office, time.now) : []),
    notReached: await countNotReached(tx, home.office, time.now - WEEK_MS),
    dashboardUrl: letters.dashboardUrl,
    roundAt: Math.max(...alive.map((n) => n.roundAt)),
    urgent: alive.every((n) => n.urgent),
  }
}

async function postRound(tx: Sql, composing: Composing, time: TickTime): Promise<number> {
  const { home, roundAt, urgent, letters, notifications } = composing
  const people = new Set(notifications.map((n) => n.person))
  const recipients = [...composing.readers.values()].filter((reader) => people.has(reader.id))
  const written = recipients.map((reader) => {
    const theirs = notifications.filter((n) => n.person === reader.id)
    return { mail: letterFor(reader, theirs, composing), notifications: theirs }
  })
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

function letterFor(reader: Reader, theirs: readonly QueuedNotification[], composing: Composing): NewMail {
  const { letters, home, roundAt } = composing
  const id = newId('ml')
  const input = digestFor(reader, theirs, composing, id)
  return {
    id,
    messageId: `<${id}@${letters.mailDomain}>`,
    person: reader.id,
    toAddress: reader.email,
    ...composeDigest(input),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Duban-Round': new Date(roundAt).toISOString(),
    },
    threadId: `<thread.${reader.id}.${home.office}@${letters.mailDomain}>`,
    lateCount: lateIn(input.standing),
  }
}

function digestFor(
  reader: Reader,
  theirs: readonly QueuedNotification[],
  composing: Composing,
  mail: string,
): DigestInput {
  const { letters, home, groups, offices, now, roundAt } = composing
  const { name, roles, officeName } = reader
  const sections = entriesFor(theirs, composing)
  const { toldUpTo: told, notReached } = composing
  const before = { lateBefore: composing.lateBefore.get(reader.id) ?? null, told, notReached }
  const standing = readerStanding(reader, groups, offices, before, composing)
  const late = restOf(reader, sections, standing.own?.late.count ?? 0, composing)
  return {
    recipient: { name, roles, officeName },
    county: home.name,
    ...{ now, round: roundAt, standing, sections, late },
    urgent: theirs.every((n) => n.urgent),
    corrections: theirs.flatMap((n) => n.detail ?? []),
    ...linksOf({ sections, late, standing }, letters.dashboardUrl, mail),
    contact: home.contact,
    trial: letters.trial,
  }
}

/** What is late and not in a line of this round. Whoever oversees the county reads that as a table instead. */
function restOf(
  reader: Reader,
  sections: DigestInput['sections'],
  lateCount: number,
  composing: Composing,
): DigestInput['late'] {
  if (reader.oversees) return { items: [], more: 0 }
  const told = sections.filter((e) => e.due?.clock.code === 'overdue' && e.kind !== 'accepted')
  const deadlines = new Set(told.map((e) => e.deadline))
  const left = composing.late.filter(
    (row) => isTheirs(reader, row.office, row.person) && !deadlines.has(row.deadline),
  )
  const items = left.slice(0, LATE_LISTED).map((row) => lateItemOf(row, composing))
  const inLines = [...new Map(told.map((e) => [e.deadline, e.count])).values()].reduce((a, b) => a + b, 0)
  return { items, more: Math.max(0, lateCount - inLines - items.length) }
}

/** Whoever oversees the county is led to all that is late there; others to the thing itself, or to all that they hold. */
function linksOf(
  { sections, late, standing }: Pick<DigestInput, 'sections' | 'late' | 'standing'>,
  dashboardUrl: string,
  mail: string,
): Pick<DigestInput, 'listUrl' | 'mailUrl'> {
  const mailUrl = `${dashboardUrl}/obligations?standing=all&mail=${mail}`
  const overdueUrl = `${dashboardUrl}/obligations?standing=overdue`
  if (standing.county && standing.county.late.count > 0) return { listUrl: overdueUrl, mailUrl }
  const only = isOneThing({ sections, late })
    ? [...sections.flatMap((e) => e.items), ...late.items][0]
    : undefined
  return { listUrl: only?.url ?? `${dashboardUrl}/obligations`, mailUrl }
}

function partition<T>(all: T[], test: (item: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((item) => !test(item))]
}
