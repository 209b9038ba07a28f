import type { Day, Instant } from '../../domain/time/days.ts'
import { dayOf } from '../../domain/time/days.ts'
import { type DrawnEntry, drawSample, populationDigest } from '../../domain/obligation/sampling.ts'
import { spotCheck } from '../../kinds/spot-check.ts'
import { newId } from '../../db/ids.ts'
import { insertRow, insertRows } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import { sampleHouseholds, samples } from '../../db/schema/index.ts'
import { type Registration, registerObligations } from '../obligations/register.ts'
import { reviewerOf } from '../obligations/reviewer.ts'
import type { Office } from '../people/offices.ts'
import { type Population, uncoveredHouseholds } from './population.ts'

export type SampleOrder = {
  county: string
  campaign: string
  offices: readonly Office[]
  seed: string
  percent: number
  dueOn: Day
  actor: string
  now: Instant
}
/** Whose check is registered: a household at its place in its town. */
export type Checked = Pick<DrawnEntry, 'id' | 'town' | 'place'>

/** Freezes the population, draws, and registers a check of each household that was drawn. @returns its id; null where nobody is uncovered */
export async function drawNewSample(tx: Sql, order: SampleOrder): Promise<string | null> {
  const { county, campaign, seed, percent, dueOn, actor, now } = order
  const { from, households: population } = await uncoveredHouseholds(tx, { county, campaign })
  if (population.length === 0) return null
  const id = newId('sm')
  await insertRow(tx, samples, {
    ...{ id, county, campaign, seed, percent, dueOn, drawnBy: actor, drawnAt: now },
    ...{ population: population.length, digest: populationDigest(population) },
  })
  const entries = drawSample(population, { seed, percent })
  const drawnOnes = entries.filter(({ drawn }) => drawn)
  const checks = await registerChecks(tx, { ...order, sample: id, from }, drawnOnes)
  const households = entries.map(({ id: household, town, group, place, drawn }) => ({
    ...{ obligation: from === 'warnings' ? household : null, roster: from === 'roster' ? household : null },
    ...{ office: town, group, place },
    ...{
      state: drawn ? ('drawn' as const) : ('waiting' as const),
      checkObligation: checks.get(household) ?? null,
    },
  }))
  await insertRows(tx, sampleHouseholds, households, { constant: { sample: id } })
  return id
}

type CheckOrder = Pick<SampleOrder, 'county' | 'offices' | 'dueOn' | 'actor' | 'now'> & {
  sample: string
  from: Population['from']
}

/** A check is the work of the centre that supervises the towns. @returns the check of each household */
export async function registerChecks(
  tx: Sql,
  { county, offices, dueOn, actor, now, sample, from }: CheckOrder,
  drawn: readonly Checked[],
): Promise<Map<string, string>> {
  const centre = offices.find((o) => o.kind === 'county-centre' && o.duties.includes('supervision'))
  const office = centre ?? offices.find((o) => o.code === county)
  if (!office) throw new Error(`the county ${county} has no office`)
  const nameOf = new Map(offices.map(({ code, name }) => [code, name]))
  const registrations = drawn.map(({ id: household, town, place }): Registration => {
    const facts = from === 'warnings' ? { sample, warning: household } : { sample, household, town }
    return {
      ...{ id: newId('ob'), key: `spot-check|${sample}|${household}`, externalId: null, facts },
      ...{ kind: spotCheck.code, title: `县级抽查:${nameOf.get(town) ?? town}抽样户(第 ${place} 位)` },
      ...{ phase: spotCheck.phase, office: office.code, reviewer: reviewerOf(office, offices) },
      ...{ level: null, cause: null, group: null, source: null, importId: null, contentHash: null },
      ...{ issuedAt: now, startOn: dayOf(now), fixedDueOn: dueOn, basis: null, subject: null },
    }
  })
  await registerObligations(tx, { county, actor, now }, registrations)
  return new Map(registrations.map(({ id }, i) => [drawn[i]!.id, id]))
}
