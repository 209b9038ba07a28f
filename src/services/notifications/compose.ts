import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import type { Instant } from '../../domain/time/days.ts'
import { composeDigest } from '../../mail/digest.ts'
import { holders as holdersOfRole, peopleFor } from '../../domain/escalation/directory.ts'
import { askedBefore } from '../deadlines/asked-before.ts'
import { askedSince } from '../deadlines/asked-since.ts'
import { heldAnswers, heldWork } from '../deadlines/held-work.ts'
import { latePressing } from '../deadlines/late-pressing.ts'
import { lateItems } from '../deadlines/late-items.ts'
import { nextAsked } from '../deadlines/next-asked.ts'
import { acceptedItems, deadlinesById, openItems } from '../deadlines/store.ts'
import type { LetterDeps } from '../deps.ts'
import { lastReturns } from '../obligations/last-returns.ts'
import { openGroups } from '../obligations/open-groups.ts'
import type { County } from '../people/offices.ts'
import { readCalendars } from '../schedule/calendar.ts'
import type { TickTime } from '../schedule/tick-time.ts'
import { holderKey, type Holders, type RoundFacts } from './digest-entries.ts'
import { type Composing, digestFor, LATE_LISTED } from './digest-input.ts'
import { highestTold } from './also-told.ts'
import { lateCountsBefore, toldOfLate } from './mail-queries.ts'
import { withMoved } from './moved-lines.ts'
import { notReachedSince } from './not-reached-words.ts'
import { addRound, type NewMail } from './outbox.ts'
import { passedOverOfCauses } from './passed-over.ts'
import { lateIn } from './reader-standing.ts'
import { countyStaff, type Reader, readersOf, type Staff } from './readers.ts'
import { dueNotifications, markMailed, markMoot, type QueuedNotification, toldOfCauses } from './store.ts'

/** As many items as a digest reads for one deadline. */
const MAX_ITEMS = 20
const WEEK_MS = 7 * 24 * 60 * 60_000

/**
 * One digest for each person of everything the round owes them, and of how things stand at this instant. What has been done
 * meanwhile is moot: nobody hears of it.
 * @returns how many mails went into the outbox
 */
export async function composeRound(
  tx: Sql,
  letters: LetterDeps,
  home: County,
  time: TickTime,
): Promise<number> {
  const queued = await dueNotifications(tx, home.office, time.now)
  if (queued.length === 0) return 0
  const due = await withMoved(tx, queued)
  const ids = [...new Set(due.flatMap((n) => n.deadline ?? []))]
  const open = await openItems(tx, ids, MAX_ITEMS)
  const accepted = await acceptedItems(tx, [...new Set(due.flatMap((n) => n.obligation ?? []))])
  const holds = (n: QueuedNotification) =>
    n.obligation !== null ? accepted.has(n.obligation) : n.deadline === null || open.has(n.deadline)
  const alive = due.filter(holds)
  const told = new Set(alive.map((n) => n.id))
  await markMoot(
    tx,
    queued.filter((n) => !told.has(n.id)).map((n) => n.id),
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
  const causes = [...new Set(alive.map((n) => n.cause))]
  const told = await toldOfCauses(tx, causes)
  const named = [...alive, ...told].map((n) => n.person)
  const readers = await readersOf(tx, staff, named, time.now)
  const offices = [...new Set(readers.flatMap((r) => [...r.works, ...r.heads]))]
  const officers = officersOf(offices, staff, time.now)
  const heads = headsOf(offices, staff, time.now)
  const oversees = readers.some((r) => r.oversees)
  const asked = oversees
    ? await askedBefore(
        tx,
        home.office,
        readers.map((r) => r.id),
        time.now,
        LATE_LISTED,
      )
    : []
  const late = await lateItems(tx, offices, time.now, LATE_LISTED + MAX_ITEMS)
  const held = await heldWork(tx, offices, time.now, MAX_ITEMS)
  const answers = await heldAnswers(tx, offices)
  const holders = holdersOf([...asked, ...late, ...held, ...answers], staff, time.now)
  const others = [...officers.values(), ...heads.values(), ...holders.values()].flat()
  const colleagues = await readersOf(tx, staff, others, time.now)
  const ids = readers.map((r) => r.id)
  const calendars = await readCalendars(tx)
  const pressing = oversees ? await latePressing(tx, home.office, time.now) : []
  const unpressed = pressing.flatMap(({ deadline, audiences }) => (audiences === null ? [deadline] : []))
  const world = { home, directory: staff.directory, calendars, now: time.now }
  return {
    ...{ letters, home, open: due.open, accepted: due.accepted, now: time.now, told, officers, heads },
    notifications: alive,
    calendar: calendars.ofCounty(home.office),
    calendarOf: calendars.of,
    readers: new Map([...colleagues, ...readers].map((r) => [r.id, r])),
    offices: staff.offices,
    deadlines: new Map((await deadlinesById(tx, due.ids)).map((d) => [d.id, d])),
    returns: await lastReturns(tx, returnedItems(due)),
    groups: await openGroups(tx, home.office),
    late,
    holders,
    passedOver: await passedOverOfCauses(tx, causes),
    askedSince: await askedSince(tx, due.ids),
    ...{ held, answers, asked, pressing, upcoming: await nextAsked(tx, unpressed, world) },
    lateBefore: await lateCountsBefore(tx, ids),
    toldUpTo: highestTold(oversees ? await toldOfLate(tx, home.office, time.now) : []),
    notReached: oversees ? await notReachedSince(tx, home.office, time.now - WEEK_MS) : [],
    dashboardUrl: letters.dashboardUrl,
    roundAt: Math.max(...alive.map((n) => n.roundAt)),
    urgent: alive.every((n) => n.urgent),
  }
}

/** Whoever may review in each office; what names nobody is theirs together. */
function officersOf(offices: readonly string[], { directory }: Staff, now: Instant): Map<string, string[]> {
  return new Map(
    offices.map((office) => [office, peopleFor({ to: 'holder' }, { office, person: null }, directory, now)]),
  )
}

/** Who heads each office; what is late there they press together. */
function headsOf(offices: readonly string[], { directory }: Staff, now: Instant): Map<string, string[]> {
  return new Map(offices.map((office) => [office, holdersOfRole('town-head', [office], directory, now)]))
}

/** Who does what is late or waits, by office and the person it names. */
function holdersOf(
  works: readonly { office: string; person: string | null }[],
  { directory }: Staff,
  now: Instant,
): Holders {
  const distinct = new Map(works.map((held) => [holderKey(held), held]))
  return new Map(
    [...distinct].map(([key, held]) => [key, peopleFor({ to: 'holder' }, held, directory, now)] as const),
  )
}

function returnedItems({ open }: Due): string[] {
  return [...open.values()].flatMap(({ items }) => items.map(({ obligation }) => obligation))
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
