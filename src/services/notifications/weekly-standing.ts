import type { Calendar } from '../../domain/time/calendar.ts'
import { holders } from '../../domain/escalation/directory.ts'
import { addDays, dayOf, type Day, instantAt, type Instant } from '../../domain/time/days.ts'
import { mondayOf } from '../../domain/time/weeks.ts'
import { nextMorningRound } from '../../domain/time/office-hours.ts'
import type { Sql } from '../../db/pool.ts'
import { openGroups } from '../obligations/open-groups.ts'
import type { County } from '../people/offices.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import { notify } from './notify.ts'
import { lateIn, NOTHING_BEFORE, readerStanding } from './reader-standing.ts'
import { countyStaff, readersOf } from './readers.ts'
import { tellMissingYear } from './tell-missing-year.ts'

/** A wake so soon after a round is for that round. */
const WOKEN_FOR_MS = 60 * 60_000

/**
 * On the first working day of a week, owes a digest to those whom the policy names and for whom anything is late, even
 * where nothing else has happened. Decided once a week; after an outage only for the last week that began.
 */
export async function addWeeklyStanding(tx: Sql, home: County, now: Instant): Promise<void> {
  const calendar = await readCountyCalendar(tx, home.office)
  const begun = lastStandingRound(now, home, calendar)
  const day = dayOf(begun)
  if (home.standingOn !== null && home.standingOn >= day) return
  await tx.query('update counties set standing_on = $2 where office = $1', [home.office, day])
  // A clock that runs wakes a moment after the round it wakes for.
  const timing = now - begun < WOKEN_FOR_MS ? { roundAt: begun } : {}
  // A county that has just begun has had no week yet.
  if (home.standingOn === null) return
  if (monthOf(home.standingOn) !== monthOf(day)) await tellMissingYear(tx, home, calendar, { ...timing, now })
  const { standing } = await currentPolicy(tx, home.office)
  if (standing === null) return
  const staff = await countyStaff(tx, home.office)
  const codes = [...staff.offices.keys()]
  const people = standing.roles.flatMap((role) => holders(role, codes, staff.directory, now))
  const readers = await readersOf(tx, staff, people, now)
  const groups = await openGroups(tx, home.office)
  const late = readers.filter(
    (r) => lateIn(readerStanding(r, groups, staff.offices, NOTHING_BEFORE, { calendar, now })) > 0,
  )
  const line = { kind: 'standing', audience: null, detail: null } as const
  await notify(
    tx,
    {
      county: home.office,
      // Whoever has a role in two counties is told by each.
      cause: `standing/${home.office}/${day}`,
      deadline: null,
      urgent: false,
      ...timing,
      people: late.map(({ id }) => ({ person: id, ...line })),
    },
    now,
  )
}

function monthOf(day: Day): string {
  return day.slice(0, 7)
}

/** When the next week begins to be told of. */
export async function nextStandingRound(tx: Sql, home: County, now: Instant): Promise<Instant> {
  const calendar = await readCountyCalendar(tx, home.office)
  for (let monday = mondayOf(dayOf(now)); ; monday = addDays(monday, 7)) {
    const round = roundOfWeek(monday, home, calendar)
    if (round !== null && round > now) return round
  }
}

function lastStandingRound(now: Instant, home: County, calendar: Calendar): Instant {
  for (let monday = mondayOf(dayOf(now)); ; monday = addDays(monday, -7)) {
    const round = roundOfWeek(monday, home, calendar)
    if (round !== null && round <= now) return round
  }
}

/** The morning round of a week's first working day; null in a week of holidays only. */
function roundOfWeek(monday: Day, { hours }: County, calendar: Calendar): Instant | null {
  const first = [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(monday, n)).find((day) => calendar.isWorking(day))
  return first === undefined ? null : nextMorningRound(instantAt(first, '00:00'), hours, calendar)
}
