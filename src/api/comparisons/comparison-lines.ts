import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { comparisonLine, comparisonQuery } from '../../contract/api/comparisons.ts'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import { campaigns } from '../../services/campaigns/store.ts'
import { hitsFilesOf } from '../../services/comparisons/hits.ts'
import { resultsOf } from '../../services/obligations/results.ts'
import { type Office, officesUnder } from '../../services/people/offices.ts'
import { mayBringHits } from '../../domain/people/bring-hits.ts'
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
  const results = await resultsOf(request.db, idsOf(found))
  const kinds = await officeKinds(request)
  const files = await hitsFilesOf(request.db, idsOf(found))
  const lines = found.map((body) => ({
    ...lineOf(body, results.get(body.id), kinds.get(body.office.code) === 'town'),
    takesHits: kinds.get(body.office.code) !== 'village' && bringsHits(request, body),
    files: files.filter((file) => file.comparison === body.id).map(({ comparison: _, ...file }) => file),
  }))
  return lines.filter(
    ({ partner, period }) =>
      (asked.partner === undefined || partner === asked.partner) &&
      (asked.period === undefined || period === asked.period),
  )
}

function idsOf(found: readonly ObligationBody[]): string[] {
  return found.map(({ id }) => id)
}

function bringsHits(request: FastifyRequest, { office, state }: ObligationBody): boolean {
  return mayBringHits(actorOf(request), { office: office.code, state })
}

async function officeKinds(request: FastifyRequest): Promise<Map<string, Office['kind']>> {
  const counties = actorOf(request).scope.counties
  const offices = await Promise.all(counties.map((county) => officesUnder(request.db, county)))
  return new Map(offices.flat().map(({ code, kind }) => [code, kind]))
}

type Stored = { facts: unknown; result: unknown } | undefined

function lineOf(
  body: ObligationBody,
  stored: Stored,
  byTown: boolean,
): Omit<ComparisonLine, 'files' | 'takesHits'> {
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
