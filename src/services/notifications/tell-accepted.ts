import { ruleByCode } from '../../domain/escalation/policy.ts'
import { peopleFor } from '../../domain/escalation/directory.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'
import { directoryAround } from '../people/directory.ts'
import { policyById } from '../schedule/policies.ts'
import { notify } from './notify.ts'

type Accepted = {
  obligation: string
  version: number
  office: string
  deadline: string
  policy: string
  rule: string
}

/** Owes the people who did the work a line about each thing that was passed since the courier last asked. */
export async function tellAccepted(tx: Sql, county: string, now: Instant): Promise<void> {
  for (const { obligation, version, office, deadline, policy, rule } of await takeAccepted(tx, county)) {
    const { reminders } = ruleByCode(await policyById(tx, policy), rule)
    if (!reminders.some((r) => r.when === 'accepted')) continue
    const people = peopleFor(
      { to: 'holder' },
      { office, person: null },
      await directoryAround(tx, office),
      now,
    )
    const line = { kind: 'accepted', audience: { to: 'holder' }, detail: null } as const
    const cause = `${obligation}/accepted/${version}`
    const lines = people.map((person) => ({ person, ...line }))
    await notify(tx, { county, cause, deadline, obligation, urgent: false, people: lines }, now)
  }
}

/** What is still accepted, with the deadline its performer met or missed last, whose own rule says whether to tell. */
async function takeAccepted(tx: Sql, county: string): Promise<Accepted[]> {
  return rows(
    tx,
    `with taken as (delete from acceptances where county = $1 returning obligation)
     select o.id as obligation, o.version, o.office, d.id as deadline, d.policy, d.rule
       from (select distinct obligation from taken) t join obligations o on o.id = t.obligation,
            lateral (select deadline from assignments a
                      where a.obligation = o.id and a.stage in (${PERFORMING}) order by a.id desc limit 1) a
       join deadlines d on d.id = a.deadline
      where o.state = 'accepted' order by o.id`,
    [county],
  )
}
