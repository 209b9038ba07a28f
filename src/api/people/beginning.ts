import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { beginning } from '../../contract/api/beginning.ts'
import { BEGINNING_STEPS, type BeginningFacts, judgeBeginning } from '../../domain/people/beginning.ts'
import { countiesWhere } from '../../domain/people/permissions.ts'
import { dayOf } from '../../domain/time/days.ts'
import { campaigns } from '../../services/campaigns/store.ts'
import { type County, counties, officesUnder } from '../../services/people/offices.ts'
import { listUsers } from '../../services/people/users.ts'
import { readCalendar } from '../../services/schedule/calendar.ts'
import { allPolicies } from '../../services/schedule/policies.ts'
import type { ApiDeps } from '../http/deps.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'

type Beginning = z.infer<typeof beginning>

/** What each county that the actor administers still needs. */
export async function readBeginning(request: FastifyRequest, deps: ApiDeps): Promise<Beginning[]> {
  const mine = countiesWhere(actorOf(request), 'users:manage')
  const items: Beginning[] = []
  for (const county of await counties(request.db)) {
    if (!mine.includes(county.office)) continue
    const steps = judgeBeginning(await factsOf(request, deps, county)).map((step) => ({
      ...step,
      label: BEGINNING_STEPS[step.code],
    }))
    items.push({ county: { code: county.office, name: county.name }, steps })
  }
  return items
}

async function factsOf(
  request: FastifyRequest,
  { gate }: ApiDeps,
  { office, mailState }: County,
): Promise<BeginningFacts> {
  const { db } = request
  const year = Number(dayOf(asOfOf(request).now).slice(0, 4))
  const calendar = await readCalendar(db, office)
  // The newest first.
  const newest = (await allPolicies(db)).find(({ county }) => county === office)
  return {
    offices: await officesUnder(db, office),
    people: await listUsers(gate, [office]),
    examplePolicy: newest?.example ?? true,
    coversThisYear: calendar.covers(`${year}-12-31`),
    coversNextYear: calendar.covers(`${year + 1}-12-31`),
    campaignStarted: (await campaigns(db)).some((one) => one.county === office && one.year === year),
    mailOpen: mailState === 'open',
  }
}
