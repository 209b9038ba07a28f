import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { quota } from '../../contract/api/comparisons.ts'
import { type Campaign, campaignById, campaigns } from '../../services/campaigns/store.ts'
import { phasesOf } from '../../services/campaigns/phases.ts'
import { shippedTemplate } from '../../services/campaigns/template.ts'
import { toldOfObligations } from '../../services/notifications/told-of-obligations.ts'
import type { CampaignTemplate } from '../../domain/obligation/campaign-template.ts'
import {
  type PlannedComparison,
  type QuotaLine,
  quotaLines,
} from '../../domain/obligation/comparison-quota.ts'
import { PERIOD_LABELS } from '../../domain/obligation/result-words.ts'
import { SOURCE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { comparisonFacts, isComparison } from '../../kinds/comparison.ts'
import type { ObligationReader } from '../obligations/read.ts'
import { actorOf } from '../plugins/actor.ts'
import { type ComparisonLine, readComparisons } from './comparison-lines.ts'

type Quota = z.infer<typeof quota>

/** Where the yearly plan of comparisons stands (R3). Whoever does not see the county sees no quota: it would look short. */
export async function readQuota(
  request: FastifyRequest,
  reader: ObligationReader,
  asked: string | undefined,
): Promise<Quota> {
  const { db } = request
  const campaign = asked === undefined ? (await campaigns(db))[0] : await campaignById(db, asked)
  if (!campaign) return { campaignId: null, wholeCounty: false, items: [], shortfall: 0 }
  const wholeCounty = actorOf(request).scope.offices.includes(campaign.county)
  if (!wholeCounty) return { campaignId: campaign.id, wholeCounty, items: [], shortfall: 0 }
  const made = await readComparisons(request, reader, { campaign: campaign.id })
  const rules = await rulesOf(campaign)
  const ofCounty = made.filter(({ byTown }) => !byTown).map(planned)
  const lines = quotaLines(rules, [...ofCounty, ...(await upcomingOf(request, campaign))])
  const items = await withTold(request, lines)
  const shortfall = items.reduce((sum, { projectedShortfall }) => sum + projectedShortfall, 0)
  return { campaignId: campaign.id, wholeCounty, items, shortfall }
}

/** As the year's template said when it began. One that began before this was kept has them as the template ships. */
async function rulesOf({ comparisons, template }: Campaign): Promise<CampaignTemplate['comparisons']> {
  return comparisons ?? (await shippedTemplate(template))?.comparisons ?? []
}

/** What phases that have not opened yet will bring. */
async function upcomingOf({ db }: FastifyRequest, { id, year }: Campaign): Promise<PlannedComparison[]> {
  const ahead = (await phasesOf(db, id)).filter((phase) => phase.openedAt === null && phase.closedAt === null)
  return ahead.flatMap(({ items, dueOn }) =>
    items.flatMap((item) => {
      const facts = comparisonFacts.safeParse({ partner: item.partner, period: item.period })
      if (!isComparison(item) || !facts.success) return []
      const { partner = null, period = null } = facts.data
      const day = item.due === undefined ? dueOn : `${year}-${item.due}`
      return [{ id: null, partner, period, state: 'open' as const, dueOn: day, overdue: false }]
    }),
  )
}

function planned({ id, partner, period, state, dueOn, clock }: ComparisonLine) {
  return { id, partner, period, state, dueOn, overdue: clock.code === 'overdue' }
}

async function withTold(request: FastifyRequest, lines: readonly QuotaLine[]): Promise<Quota['items']> {
  const idsOf = ({ comparisons }: QuotaLine) => comparisons.flatMap(({ id }) => id ?? [])
  const ids = lines.flatMap(idsOf)
  const told = await toldOfObligations(request.db, ids)
  return lines.map((of) => {
    const { comparisons: _, ...line } = of
    const obligations = idsOf(of)
    const people = told.filter(({ obligation }) => obligations.includes(obligation))
    return {
      ...line,
      obligations,
      told: [...new Map(people.map(({ id, name }) => [id, { id, name }])).values()],
      labels: { partner: SOURCE_LABELS[line.partner], period: PERIOD_LABELS[line.period] },
    }
  })
}
