import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { comparisonLine, comparisonQuery } from '../../contract/api/comparisons.ts'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import { campaigns } from '../../services/campaigns/store.ts'
import { resultsOf } from '../../services/obligations/results.ts'
import { officesUnder } from '../../services/people/offices.ts'
import { METHOD_LABELS, PERIOD_LABELS } from '../../domain/obligation/result-words.ts'
import { SOURCE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { comparison, comparisonFacts, comparisonResult } from '../../kinds/comparison.ts'
import { readAllPages } from '../obligations/all-pages.ts'
import type { ObligationReader } from '../obligations/read.ts'
import { actorOf } from '../plugins/actor.ts'

export type ComparisonLine = z.infer<typeof comparisonLine>

/** The comparisons of a campaign in one ledger, those of towns marked so (R3, R4); of what the reader sees. */
export async function readComparisons(
  request: FastifyRequest,
  reader: ObligationReader,
  asked: z.infer<typeof comparisonQuery>,
): Promise<ComparisonLine[]> {
  const campaign = asked.campaign ?? (await campaigns(request.db))[0]?.id
  if (campaign === undefined) return []
  const question = { kind: comparison.code, campaign, office: asked.office, sort: 'dueAt' as const }
  const found = await readAllPages(request, reader, question)
  const results = await resultsOf(
    request.db,
    found.map(({ id }) => id),
  )
  const towns = await townsOf(request)
  const lines = found.map((body) => lineOf(body, results.get(body.id), towns.has(body.office.code)))
  return lines.filter(
    ({ partner, period }) =>
      (asked.partner === undefined || partner === asked.partner) &&
      (asked.period === undefined || period === asked.period),
  )
}

async function townsOf(request: FastifyRequest): Promise<Set<string>> {
  const counties = actorOf(request).scope.counties
  const offices = await Promise.all(counties.map((county) => officesUnder(request.db, county)))
  return new Set(
    offices
      .flat()
      .filter(({ kind }) => kind === 'town')
      .map(({ code }) => code),
  )
}

type Stored = { facts: unknown; result: unknown } | undefined

function lineOf(body: ObligationBody, stored: Stored, byTown: boolean): ComparisonLine {
  const { partner = null, period = null } = comparisonFacts.safeParse(stored?.facts).data ?? {}
  // What an earlier release took has none of these numbers.
  const result = comparisonResult.safeParse(stored?.result).data
  const { id, title, office, state, dueOn, clock, labels } = body
  const { overdueWorkingDays, remainingWorkingDays, everLate } = body
  return {
    ...{ id, title, office, byTown, partner, period, state, dueOn, clock },
    ...{ overdueWorkingDays, remainingWorkingDays, everLate },
    ...{ day: result?.day ?? null, compared: result?.compared ?? null, hits: result?.hits ?? null },
    ...{ raised: result?.raised ?? null, how: result?.how ?? null, digest: result?.digest ?? null },
    labels: {
      state: labels['state'] ?? state,
      level: byTown ? '镇级' : '县级',
      ...(partner && { partner: SOURCE_LABELS[partner] }),
      ...(period && { period: PERIOD_LABELS[period] }),
      ...(result && { how: METHOD_LABELS[result.how] }),
    },
  }
}
