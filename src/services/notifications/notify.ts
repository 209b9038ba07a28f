import { isQuiet, type QuietDays } from '../../domain/people/quiet-days.ts'
import { dayOf, endOfDay, type Instant } from '../../domain/time/days.ts'
import { nextMorningRound, nextOpening, nextRound } from '../../domain/time/office-hours.ts'
import type { Sql } from '../../db/pool.ts'
import { county as countyOf } from '../people/offices.ts'
import { quietDaysById } from '../people/persons.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { poke } from '../watching/pokes.ts'
import {
  addNotifications,
  addNotReached,
  type NewNotification,
  type NotReached,
  roundHasLeft,
} from './store.ts'

type About = Pick<NewNotification, 'moment' | 'momentForm' | 'undeliveredTo'>
const NO_MOMENT: About = { moment: null, momentForm: null, undeliveredTo: null }

export type Telling = {
  county: string
  /** A cause tells a person once, however often it is given (decision 6). */
  cause: string
  /** What the lines are about; null for a correction. */
  deadline: string | null
  /** The moment that is told of, and in whose place; left out where none is. */
  about?: About
  urgent: boolean
  people: readonly Pick<NewNotification, 'person' | 'kind' | 'audience' | 'detail'>[]
  /** Who should have been told and could not be. */
  notReached?: readonly Omit<NotReached, 'county' | 'cause'>[]
  /** What was accepted, where no open deadline says what the lines are about. */
  obligation?: string
  /**
   * The round they were promised. Left out, what is urgent goes at once in office hours; what must not wait goes with the
   * first regular round from `notBefore`; all else goes with the next morning's that is no quiet day of the person.
   */
  roundAt?: Instant
  notBefore?: Instant
}

/** The one way somebody is told something: a line in their digest, who was not reached, and word to the courier. */
export async function notify(tx: Sql, telling: Telling, now: Instant): Promise<void> {
  const {
    county,
    cause,
    deadline,
    obligation = null,
    about = NO_MOMENT,
    urgent,
    people,
    notReached = [],
  } = telling
  if (people.length > 0) {
    const common = { county, cause, deadline, obligation, ...about, urgent }
    const roundAt = telling.roundAt ?? (await roundOf(tx, telling, now))
    const later = canWait(telling)
      ? await roundsAfterQuietDays(tx, telling, roundAt)
      : new Map<string, Instant>()
    await addNotifications(
      tx,
      people.map((line) => ({ ...common, ...line, roundAt: later.get(line.person) ?? roundAt })),
      now,
    )
    await poke(tx, 'courier', [county])
  }
  await addNotReached(
    tx,
    notReached.map((entry) => ({ county, cause, ...entry })),
    now,
  )
}

function canWait({ urgent, notBefore, roundAt }: Telling): boolean {
  return !urgent && notBefore === undefined && roundAt === undefined
}

/** For those on whose quiet day the morning's round leaves, the first morning after it that is none. */
async function roundsAfterQuietDays(
  tx: Sql,
  { county, people }: Telling,
  roundAt: Instant,
): Promise<Map<string, Instant>> {
  const rounds = new Map<string, Instant>()
  const quiet = await quietDaysById(
    tx,
    people.map(({ person }) => person),
  )
  for (const [person, days] of quiet)
    if (isQuiet(roundAt, days)) rounds.set(person, await morningAfterQuietDays(tx, county, days, roundAt))
  return rounds
}

/** Ends, since nobody has all of Monday to Friday quiet (migrations/0021_contact.sql). */
async function morningAfterQuietDays(
  tx: Sql,
  county: string,
  quiet: QuietDays,
  from: Instant,
): Promise<Instant> {
  let round = from
  while (isQuiet(round, quiet)) round = await morningRound(tx, county, endOfDay(dayOf(round)))
  return round
}

async function roundOf(tx: Sql, { county, urgent, notBefore }: Telling, now: Instant): Promise<Instant> {
  if (urgent) return nextOpening(now, (await countyOf(tx, county)).hours, await readCalendar(tx))
  return notBefore === undefined
    ? morningRound(tx, county, now)
    : regularRound(tx, county, Math.max(notBefore, now))
}

/** The first regular round from an instant on that has not left yet (decision 5). */
export function regularRound(tx: Sql, county: string, from: Instant): Promise<Instant> {
  return firstUnsent(tx, county, from, nextRound)
}

/** The first round of a working day from an instant on that has not left yet. */
export function morningRound(tx: Sql, county: string, from: Instant): Promise<Instant> {
  return firstUnsent(tx, county, from, nextMorningRound)
}

async function firstUnsent(tx: Sql, county: string, from: Instant, next: typeof nextRound): Promise<Instant> {
  const { hours } = await countyOf(tx, county)
  const calendar = await readCalendar(tx)
  const round = next(from, hours, calendar)
  return (await roundHasLeft(tx, county, round)) ? next(round + 1, hours, calendar) : round
}
