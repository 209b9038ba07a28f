import { ruleFor } from '../../domain/escalation/policy.ts'
import { peopleFor } from '../../domain/escalation/directory.ts'
import type { Kind, Level } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'
import { directoryAround } from '../people/directory.ts'
import { currentPolicy } from '../schedule/policies.ts'
import { notify } from './notify.ts'

type Accepted = {
  obligation: string
  version: number
  kind: Kind
  level: Level | null
  office: string
  deadline: string
}

/** Owes the people who did the work a line about each thing that was passed since the courier last asked. */
export async function tellAccepted(tx: Sql, county: string, now: Instant): Promise<void> {
  const accepted = await takeAccepted(tx, county)
  if (accepted.length === 0) return
  const policy = await currentPolicy(tx, county)
  for (const { obligation, version, kind, level, office, deadline } of accepted) {
    const { reminders } = ruleFor(policy, { kind, level, stage: 'perform' })
    if (!reminders.some((r) => r.when === 'accepted')) continue
    const directory = await directoryAround(tx, office)
    const people = peopleFor({ to: 'holder' }, { office, person: null }, directory, now)
    const line = { kind: 'accepted', audience: { to: 'holder' }, detail: null } as const
    const cause = `${obligation}/accepted/${version}`
    const lines = people.map((person) => ({ person, ...line }))
    await notify(tx, { county, cause, deadline, obligation, urgent: false, people: lines }, now)
  }
}

/** What is still accepted, with the deadline its performer met or missed last. */
async function takeAccepted(tx: Sql, county: string): Promise<Accepted[]> {
  return rows(
    tx,
    `with taken as (delete from acceptances where county = $1 returning obligation)
     select o.id as obligation, o.version, o.kind, o.level, o.office, a.deadline
       from (select distinct obligation from taken) t join obligations o on o.id = t.obligation,
            lateral (select deadline from assignments a
                      where a.obligation = o.id and a.stage in (${PERFORMING}) order by a.id desc limit 1) a
      where o.state = 'accepted' order by o.id`,
    [county],
  )
}
