import { holders as holdersOfRole, peopleFor } from '../../domain/escalation/directory.ts'
import type { Calendars } from '../../domain/time/calendars.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { askedBefore } from '../deadlines/asked-before.ts'
import { askedSince } from '../deadlines/asked-since.ts'
import { heldAnswers, heldWork } from '../deadlines/held-work.ts'
import { latePressing } from '../deadlines/late-pressing.ts'
import { lateItems } from '../deadlines/late-items.ts'
import { nextAsked } from '../deadlines/next-asked.ts'
import { deadlinesById, obligationsBehind } from '../deadlines/store.ts'
import type { LetterDeps } from '../deps.ts'
import { lastReturns } from '../obligations/last-returns.ts'
import { openGroups } from '../obligations/open-groups.ts'
import type { County } from '../people/offices.ts'
import { readCalendars } from '../schedule/calendar.ts'
import { highestTold } from './also-told.ts'
import { LATE_LISTED } from './asked-of.ts'
import { holderKey, type Holders, type RoundFacts } from './digest-entries.ts'
import type { Composing } from './digest-input.ts'
import { lastLetters } from './last-letters.ts'
import { lateCountsBefore, toldOfLate } from './mail-queries.ts'
import { notReachedSince } from './not-reached-words.ts'
import { passedOverOfCauses } from './passed-over.ts'
import { countyStaff, readersOf, type Staff } from './readers.ts'
import { type QueuedNotification, toldOfCauses } from './store.ts'
import { readsByTown } from './told-before.ts'

/** As many things as a digest reads for one deadline. */
export const MAX_ITEMS = 20
const WEEK_MS = 7 * 24 * 60 * 60_000

/** What a round owes, with what of it is open still. `ids`: the deadlines that it is about. */
export type DueRound = Pick<RoundFacts, 'open' | 'accepted' | 'now'> & {
  letters: LetterDeps
  home: County
  alive: readonly QueuedNotification[]
  ids: readonly string[]
}

/** Everything that the digests of a round say, in so many queries however many people read them. */
export async function readRound(tx: Sql, due: DueRound): Promise<Composing> {
  const { letters, home, alive, open, accepted, now } = due
  const [calendars, audience, subjects] = await Promise.all([
    readCalendars(tx),
    readAudience(tx, due),
    readSubjects(tx, due),
  ])
  const heads = audience.readers.filter(readsByTown).map((reader) => reader.id)
  const [works, county, lateBefore, before] = await Promise.all([
    readWorks(tx, audience.ownOffices, now, heads.length > 0 ? LATE_LISTED : 0),
    readCounty(tx, due, audience, calendars),
    lateCountsBefore(tx, idsOf(audience)),
    lastLetters(tx, heads, now),
  ])
  return {
    ...{ letters, home, open, accepted, now, notifications: alive },
    ...{ calendar: calendars.ofCounty(home.office), calendarOf: calendars.of },
    ...{ dashboardUrl: letters.dashboardUrl, offices: audience.staff.offices },
    ...{ told: audience.told, passedOver: audience.passedOver },
    ...(await readPeople(tx, audience, [...county.asked, ...Object.values(works).flat()], now)),
    ...works,
    ...county,
    ...subjects,
    ...{ lateBefore, lastLetters: before },
    roundAt: Math.max(...alive.map((n) => n.roundAt)),
    urgent: alive.every((n) => n.urgent),
  }
}

/** What the round is about. */
async function readSubjects(tx: Sql, { home, open, ids }: DueRound) {
  const [deadlines, returns, groups, behind, asked] = await Promise.all([
    deadlinesById(tx, ids),
    lastReturns(tx, openObligations(open)),
    openGroups(tx, home.office),
    obligationsBehind(tx, ids),
    askedSince(tx, ids),
  ])
  return { deadlines: new Map(deadlines.map((d) => [d.id, d])), returns, groups, behind, askedSince: asked }
}

type Audience = Awaited<ReturnType<typeof readAudience>>

/** Who is told of the round's occasions, here or elsewhere, and which offices are theirs. */
async function readAudience(tx: Sql, { home, alive, now }: DueRound) {
  const causes = [...new Set(alive.map((n) => n.cause))]
  const [staff, told, passedOver] = await Promise.all([
    countyStaff(tx, home.office),
    toldOfCauses(tx, causes),
    passedOverOfCauses(tx, causes),
  ])
  const named = [...alive, ...told].map((n) => n.person)
  const readers = await readersOf(tx, staff, named, now)
  const ownOffices = [...new Set(readers.flatMap((r) => [...r.works, ...r.heads]))]
  return { staff, told, readers, ownOffices, passedOver }
}

/** What these offices are late with, what waits there, and which answers are owed there. @param newest so many of what is late last, besides the first */
async function readWorks(tx: Sql, offices: readonly string[], now: Instant, newest: number) {
  const [late, held, answers] = await Promise.all([
    lateItems(tx, offices, now, LATE_LISTED + MAX_ITEMS, newest),
    heldWork(tx, offices, now, MAX_ITEMS),
    heldAnswers(tx, offices),
  ])
  return { late, held, answers }
}

const NO_COUNTY = { asked: [], pressing: [], upcoming: new Map(), toldUpTo: new Map(), notReached: [] }

/** What is late in the county, and who was asked to press it or will be; only for a round that somebody reads who oversees it. */
async function readCounty(
  tx: Sql,
  { home, now }: DueRound,
  audience: Audience,
  calendars: Calendars,
): Promise<Pick<Composing, keyof typeof NO_COUNTY>> {
  if (!audience.readers.some((r) => r.oversees)) return NO_COUNTY
  const [pressing, asked, told, notReached] = await Promise.all([
    latePressing(tx, home.office, now),
    askedBefore(tx, home.office, idsOf(audience), now, LATE_LISTED),
    toldOfLate(tx, home.office, now),
    notReachedSince(tx, home.office, now - WEEK_MS),
  ])
  const unpressed = pressing.flatMap(({ deadline, audiences }) => (audiences === null ? [deadline] : []))
  const world = { home, directory: audience.staff.directory, calendars, now }
  const upcoming = await nextAsked(tx, unpressed, world)
  return { asked, pressing, upcoming, toldUpTo: highestTold(told), notReached }
}

type Held = { office: string; person: string | null }

/** The readers, the colleagues who share their offices, and whoever does these works. */
async function readPeople(
  tx: Sql,
  { staff, readers, ownOffices }: Audience,
  works: readonly Held[],
  now: Instant,
): Promise<Pick<Composing, 'readers' | 'officers' | 'heads' | 'holders'>> {
  const officers = officersOf(ownOffices, staff, now)
  const heads = headsOf(ownOffices, staff, now)
  const holders = holdersOf(works, staff, now)
  const others = [...officers.values(), ...heads.values(), ...holders.values()].flat()
  const colleagues = await readersOf(tx, staff, others, now)
  return { officers, heads, holders, readers: new Map([...colleagues, ...readers].map((r) => [r.id, r])) }
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
function holdersOf(works: readonly Held[], { directory }: Staff, now: Instant): Holders {
  const distinct = new Map(works.map((held) => [holderKey(held), held]))
  return new Map(
    [...distinct].map(([key, held]) => [key, peopleFor({ to: 'holder' }, held, directory, now)] as const),
  )
}

function idsOf({ readers }: Audience): string[] {
  return readers.map((reader) => reader.id)
}

function openObligations(open: DueRound['open']): string[] {
  return [...open.values()].flatMap(({ items }) => items.map(({ obligation }) => obligation))
}
