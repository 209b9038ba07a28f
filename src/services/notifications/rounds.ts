import { isQuiet, type QuietDays } from '../../domain/people/quiet-days.ts'
import { dayOf, endOfDay, type Instant } from '../../domain/time/days.ts'
import { nextMorningRound, nextOpening, nextRound } from '../../domain/time/office-hours.ts'
import type { Sql } from '../../db/pool.ts'
import { county as countyOf } from '../people/offices.ts'
import { quietDaysById } from '../people/persons.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { roundHasLeft } from './store.ts'

/** How soon lines are to be read. */
export type Timing = {
  urgent: boolean
  /**
   * The round they were promised. Left out, what is urgent goes at once in office hours; what must not wait goes with the
   * first regular round from `notBefore`, or with the next morning's; all else goes with the next morning's that is no quiet day of
   * the person.
   */
  roundAt?: Instant
  notBefore?: Instant
  onMorning?: true
}

/** The round each person's line goes with. The preview of a launch asks too, so that it foresees what happens. */
export async function roundsFor(
  tx: Sql,
  county: string,
  timing: Timing,
  people: readonly string[],
  now: Instant,
): Promise<Map<string, Instant>> {
  const roundAt = await roundOf(tx, county, timing, now)
  const rounds = new Map(people.map((person) => [person, roundAt]))
  if (!canWait(timing)) return rounds
  for (const [person, days] of await quietDaysById(tx, people))
    if (isQuiet(roundAt, days)) rounds.set(person, await morningAfterQuietDays(tx, county, days, roundAt))
  return rounds
}

function canWait({ urgent, notBefore, roundAt, onMorning }: Timing): boolean {
  return !urgent && !onMorning && notBefore === undefined && roundAt === undefined
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

async function roundOf(
  tx: Sql,
  county: string,
  { urgent, roundAt, notBefore }: Timing,
  now: Instant,
): Promise<Instant> {
  if (roundAt !== undefined) return roundAt
  if (urgent)
    return nextOpening(now, (await countyOf(tx, county)).hours, await readCountyCalendar(tx, county))
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
  const calendar = await readCountyCalendar(tx, county)
  const round = next(from, hours, calendar)
  return (await roundHasLeft(tx, county, round)) ? next(round + 1, hours, calendar) : round
}
