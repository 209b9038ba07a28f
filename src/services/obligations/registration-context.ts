import type { Policy } from '../../domain/escalation/policy.ts'
import type { Calendars } from '../../domain/time/calendars.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import type { Phase } from '../../domain/obligation/vocabulary.ts'
import type { Sql } from '../../db/pool.ts'
import { campaigns } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'
import { holdCalendar, readCalendars } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { Joined } from './new-assignment.ts'
import { type PhaseAtBeginning, phaseAtBeginning } from './running-phase.ts'

/** Who registers where and when. */
export type RegistrationOrder = {
  county: string
  actor: string
  now: Instant
  /** Old data: what is late already is recorded without telling anybody. */
  silent?: boolean
  /** The campaign all of it belongs to; left out, the county's open campaign of the year it counts from. */
  campaign?: string
}

/** What the registrations of one transaction share. */
export type RegistrationContext = {
  county: string
  actor: string
  now: Instant
  silent: boolean
  campaign: (startOn: Day) => string | null
  phase: PhaseAtBeginning
  policy: Policy
  calendars: Calendars
  joined: Joined
}

/** Reads the policy, the calendars and the campaigns in force. @throws Error when the county has no policy yet */
export async function readRegistrationContext(
  tx: Sql,
  { county, actor, now, silent = false, campaign }: RegistrationOrder,
): Promise<RegistrationContext> {
  const held = holdCalendar(tx)
  const isNamed = campaign !== undefined
  const [campaignOf, phase, policy, calendars] = await Promise.all([
    isNamed ? () => campaign : campaignByYear(tx, county),
    isNamed ? (_campaign: string | null, named: Phase | null) => named : phaseAtBeginning(tx, county),
    currentPolicy(tx, county),
    readCalendars(tx),
    held,
  ])
  return { county, actor, now, silent, campaign: campaignOf, phase, policy, calendars, joined: new Map() }
}

/**
 * The campaign something begun on a day belongs to: the county's of that year, if it is open; else none. The lock is
 * that of the rows to be inserted, taken before the phases are read.
 */
async function campaignByYear(sql: Sql, county: string): Promise<(startOn: Day) => string | null> {
  const theirs = `from campaigns c where county = $1 and state = 'open' for key share`
  const open = await selectRows(sql, columns(campaigns, 'c', ['year', 'id']), theirs, [county])
  const byYear = new Map(open.map((c) => [c.year, c.id]))
  return (startOn) => byYear.get(Number(startOn.slice(0, 4))) ?? null
}
