import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { holdersOfNamed } from '../notifications/named-roles.ts'
import { notify } from '../notifications/notify.ts'
import { countyStaff, readersOf } from '../notifications/readers.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { Campaign } from './store.ts'
import { markOverrideTold, type PhaseRow, phasesOf } from './phases.ts'

/**
 * Owes those whom the policy names a line about each override that nobody has been told of (R15), with the morning's round. The
 * reason is shown with the phase and stays out of the mail: it may name a household. Where nobody holds a role that the policy
 * names, it is kept as not reached and asked again when the timeline wakes next.
 */
export async function tellOverrides(tx: Sql, campaign: Campaign, now: Instant): Promise<void> {
  for (const phase of await phasesOf(tx, campaign.id))
    if (phase.overriddenAt !== null && phase.overrideTold === null)
      await tellOverride(tx, campaign, phase, now)
}

async function tellOverride(tx: Sql, campaign: Campaign, phase: PhaseRow, now: Instant): Promise<void> {
  const { county } = campaign
  const staff = await countyStaff(tx, county)
  const roles = (await currentPolicy(tx, county)).override?.roles ?? []
  const { people, notReached } = holdersOfNamed(county, roles, staff, now)
  const line = { kind: 'correction', audience: null, detail: overrideWords(campaign, phase) } as const
  const cause = `override/${campaign.id}/${phase.code}`
  const told = people.map((person) => ({ person, ...line }))
  await notify(tx, { county, cause, deadline: null, urgent: false, people: told, notReached }, now)
  if (roles.length > 0 && people.length === 0) return
  const readers = await readersOf(tx, staff, people, now)
  await markOverrideTold(
    tx,
    phase,
    readers.map(({ id, name }) => ({ id, name })),
  )
}

function overrideWords({ title }: Campaign, phase: PhaseRow): string {
  const over = phase.overriddenBlockers === 0 ? '没有未办结的' : `还有 ${phase.overriddenBlockers} 件没有办结`
  return `${title}:${phase.overriddenBy}决定“${phase.title}”放行,当时${over};理由见网页“总览”,没有办结的仍按原定的日子办理`
}
