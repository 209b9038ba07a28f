import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { policyBody } from '../../contract/api/policies.ts'
import { openByPolicy } from '../../services/recounts/open-work.ts'
import {
  allPolicies,
  currentPolicy,
  listedPolicy,
  type ListedPolicy,
} from '../../services/schedule/policies.ts'
import { notFound } from '../http/errors.ts'
import { iso } from '../obligations/present.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'

/** Every version that the reader sees, with who wrote it and how much open work goes by it. */
export async function showPolicies(
  { db }: FastifyRequest,
  { names }: ReferenceData,
): Promise<z.infer<typeof policyBody>[]> {
  const all = await allPolicies(db)
  const counties = [...new Set(all.map(({ county }) => county))]
  const current = new Set<string>()
  for (const county of counties) current.add((await currentPolicy(db, county)).id)
  const open = await openByPolicy(db)
  return all.map(({ createdAt, author, ...policy }) => ({
    ...policy,
    author: author === null ? null : names.person(author) || author,
    createdAt: iso(createdAt),
    current: current.has(policy.id),
    open: open.get(policy.id) ?? 0,
  }))
}

/** @throws ApiError 404 */
export async function knownPolicy({ db }: FastifyRequest, id: string): Promise<ListedPolicy> {
  const policy = await listedPolicy(db, id)
  if (!policy) throw notFound('规则版本')
  return policy
}
