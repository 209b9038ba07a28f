import { type Policy, ruleByCode } from '../../domain/escalation/policy.ts'
import { peopleFor } from '../../domain/escalation/directory.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'
import { policyById } from '../schedule/policies.ts'
import { notifyTogether } from './notify.ts'
import { countyStaff } from './readers.ts'

type Accepted = {
  obligation: string
  version: number
  office: string
  deadline: string
  policy: string
  rule: string
}

const NO_MOMENT = { moment: null, momentForm: null, undeliveredTo: null, detail: null }
const LINE = { kind: 'accepted', audience: { to: 'holder' }, ...NO_MOMENT } as const

/** Owes the people who did the work a line about each thing that was passed since the courier last asked. */
export async function tellAccepted(tx: Sql, county: string, now: Instant): Promise<void> {
  const accepted = await takeAccepted(tx, county)
  if (accepted.length === 0) return
  const told = await toldBy(tx, accepted)
  const { directory } = await countyStaff(tx, county)
  const lines = accepted
    .filter(({ policy, rule }) => told(policy, rule))
    .flatMap(({ obligation, version, office, deadline }) =>
      peopleFor({ to: 'holder' }, { office, person: null }, directory, now).map((person) => ({
        ...LINE,
        ...{ cause: `${obligation}/accepted/${version}`, obligation, deadline, person },
      })),
    )
  await notifyTogether(tx, { county, urgent: false }, lines, now)
}

/** Whether a rule of a policy tells of what was accepted. */
async function toldBy(
  tx: Sql,
  accepted: readonly Accepted[],
): Promise<(policy: string, rule: string) => boolean> {
  const policies = new Map<string, Policy>()
  for (const id of new Set(accepted.map(({ policy }) => policy))) policies.set(id, await policyById(tx, id))
  return (policy, rule) =>
    ruleByCode(policies.get(policy)!, rule).reminders.some((r) => r.when === 'accepted')
}

/**
 * What is still accepted, with the deadline its performer met or missed last, whose own rule says whether to tell. A turn that was
 * taken back ended as it began, and is none.
 */
async function takeAccepted(tx: Sql, county: string): Promise<Accepted[]> {
  return rows(
    tx,
    `with taken as (delete from acceptances where county = $1 returning obligation)
     select o.id as obligation, o.version, o.office, d.id as deadline, d.policy, d.rule
       from (select distinct obligation from taken) t join obligations o on o.id = t.obligation,
            lateral (select deadline from assignments a
                      where a.obligation = o.id and a.stage in (${PERFORMING})
                      order by a.ended_at <= a.started_at, a.id desc limit 1) a
       join deadlines d on d.id = a.deadline
      where o.state = 'accepted' order by o.id`,
    [county],
  )
}
