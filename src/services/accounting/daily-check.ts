import { checkDetail } from '../../domain/escalation/standing-check.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import { lastMorningRound, nextMorningRound } from '../../domain/time/office-hours.ts'
import type { Sql } from '../../db/pool.ts'
import { holdersOfNamed } from '../notifications/named-roles.ts'
import { notify } from '../notifications/notify.ts'
import { countyStaff } from '../notifications/readers.ts'
import { regularRound } from '../notifications/rounds.ts'
import type { County } from '../people/offices.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import { countOpen, findUnaccounted } from './unaccounted.ts'

/** A wake so soon after a round is for that round. */
const WOKEN_FOR_MS = 60 * 60_000

/**
 * With the morning's round of a working day, owes those whom the policy names the standing check: one line where all is well, else
 * one for each thing that is not accounted for (R20). Read once a day; after an outage with the next round of the same day, and
 * not for a day that has no round left.
 */
export async function addDailyCheck(tx: Sql, home: County, now: Instant): Promise<void> {
  const begun = lastMorningRound(now, home.hours, await readCountyCalendar(tx, home.office))
  const day = dayOf(begun)
  if (home.checkedOn !== null && home.checkedOn >= day) return
  await tx.query('update counties set checked_on = $2 where office = $1', [home.office, day])
  // A county that has just begun has had no morning yet; a morning of another day is past.
  if (home.checkedOn === null || day !== dayOf(now)) return
  const { standingCheck } = await currentPolicy(tx, home.office)
  if (!standingCheck) return
  // A clock that runs wakes a moment after the round it wakes for.
  const roundAt = now - begun < WOKEN_FOR_MS ? begun : await regularRound(tx, home.office, now)
  if (dayOf(roundAt) !== day) return
  const [staff, unaccounted, open] = await Promise.all([
    countyStaff(tx, home.office),
    findUnaccounted(tx, home.office, now),
    countOpen(tx, home.office),
  ])
  const { people, notReached } = holdersOfNamed(home.office, standingCheck.roles, staff, now)
  const detail = checkDetail(unaccounted, open)
  const line = { kind: 'standing-check', audience: null, detail } as const
  // Whoever has a role in two counties is told by each.
  const cause = `standing-check/${home.office}/${day}`
  const about = { county: home.office, cause, deadline: null, urgent: false }
  const told = people.map((person) => ({ person, ...line }))
  await notify(tx, { ...about, roundAt, people: told, notReached }, now)
}

/** When the next standing check is read; null where the policy names nobody who reads it. */
export async function nextDailyCheck(tx: Sql, home: County, now: Instant): Promise<Instant | null> {
  const { standingCheck } = await currentPolicy(tx, home.office)
  if (!standingCheck) return null
  return nextMorningRound(now + 1, home.hours, await readCountyCalendar(tx, home.office))
}
