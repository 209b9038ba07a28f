import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { burnDown } from '../../contract/api/overview.ts'
import { campaigns } from '../../services/campaigns/store.ts'
import { phasesOf } from '../../services/campaigns/phases.ts'
import { dayChangesOf } from '../../services/obligations/day-changes.ts'
import { burnDownOf } from '../../domain/obligation/burn-down.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { actorOf } from '../plugins/actor.ts'
import { untilDay } from './until-day.ts'

const NONE = {
  ...{ campaignId: null, dueOn: null, series: [], remaining: 0, workingDaysLeft: 0 },
  ...{ neededPerDay: null, actualPerDay: 0, expectedOn: null, expectedLate: null },
}

/** How a campaign burns down to its last day; of what the reader sees. */
export async function readBurnDown(
  request: FastifyRequest,
  asked: string | undefined,
  { calendar, now }: ReferenceData,
): Promise<z.infer<typeof burnDown>> {
  const { db } = request
  const campaignId = asked ?? (await campaigns(db))[0]?.id
  const last = campaignId === undefined ? undefined : (await phasesOf(db, campaignId)).at(-1)
  if (campaignId === undefined || last === undefined) return NONE
  const changes = await dayChangesOf(db, campaignId, actorOf(request).scope.offices)
  const { dueOn } = last
  const until = await untilDay(db, campaignId, { dueOn, calendar, now })
  return { campaignId, dueOn, ...burnDownOf(changes, until) }
}
