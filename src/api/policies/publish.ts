import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { newPolicy, newPolicyBody, restoredPolicyBody } from '../../contract/api/policies.ts'
import type { dryRunQuery } from '../../contract/api/recounts.ts'
import { faultWords, PolicyRefused, readPolicyFile } from '../../domain/escalation/policy-file.ts'
import { differencesOf } from '../../domain/escalation/policy-differences.ts'
import type { PolicyContent } from '../../domain/escalation/policy.ts'
import { withPostponementRules } from '../../domain/escalation/postponement-rules.ts'
import type { Day } from '../../domain/time/days.ts'
import { KIND_LABELS, kindOf } from '../../kinds/kinds.ts'
import { previewRebase } from '../../services/recounts/rebase.ts'
import { addPolicy, allPolicies, currentPolicy, lockPolicies } from '../../services/schedule/policies.ts'
import type { Sql } from '../../db/pool.ts'
import { ApiError } from '../http/errors.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { countyOf } from '../people/county.ts'
import { actorOf, mustReach } from '../plugins/actor.ts'
import { changedMeanwhile } from '../plugins/version.ts'
import { showEffect } from '../recounts/present.ts'
import { knownPolicy } from './present.ts'

type DryRun = z.infer<typeof dryRunQuery>
type Answer = z.infer<typeof newPolicy>
type Wanted = {
  county: string
  said: PolicyContent
  reason: string
  validFrom: Day | undefined
  dryRun: boolean
} & {
  /** The number that it had when it was tried out. */
  tried?: number | undefined
}

/** Checks a version that somebody wrote, tells what it changes, and publishes it where that is asked for. */
export async function publishPolicy(
  request: FastifyRequest<{ Body: z.infer<typeof newPolicyBody>; Querystring: DryRun }>,
  known: ReferenceData,
): Promise<Answer> {
  const { text, file = '规则文件', reason, validFrom, version: tried } = request.body
  const county = await countyOf(request.db, request.body.county, '/body/county')
  mustReach(request, 'policies:manage', county)
  const said = saidIn(text, file)
  const { dryRun = true } = request.query
  return publish(request, { county, said, reason, validFrom, dryRun, tried }, known)
}

/** An older version becomes the newest, under a number of its own. */
export async function restorePolicy(
  request: FastifyRequest<{
    Params: { id: string }
    Body: z.infer<typeof restoredPolicyBody>
    Querystring: DryRun
  }>,
  known: ReferenceData,
): Promise<Answer> {
  const { id: _, version: __, county, ...said } = await knownPolicy(request, request.params.id)
  mustReach(request, 'policies:manage', county)
  const { reason, validFrom } = request.body
  return publish(
    request,
    { county, said: withPostponementRules(said), reason, validFrom, dryRun: request.query.dryRun ?? true },
    known,
  )
}

async function publish(request: FastifyRequest, wanted: Wanted, known: ReferenceData): Promise<Answer> {
  const { county, said, reason, validFrom, dryRun, tried } = wanted
  const version = (await newestVersion(request.db, county)) + 1
  if (!dryRun && tried !== undefined && tried !== version) throw changedMeanwhile()
  const effect = await previewRebase(request.db, { ...said, id: '', version }, { county, now: known.now })
  const answer = {
    ...{ dryRun, version, name: said.name },
    differences: differencesOf(await currentPolicy(request.db, county), said, (kind) => kindOf(kind).label),
    effect: await showEffect(request.db, county, effect, known),
  }
  if (dryRun) return { ...answer, id: null }
  const id = await request.db.transaction(async (tx, note) => {
    Object.assign(note, { action: 'policy.issue', county })
    // What was tried out stands upon the version before it, and two may publish at once.
    await lockPolicies(tx, county)
    if ((await newestVersion(tx, county)) + 1 !== version) throw changedMeanwhile()
    const by = { author: actorOf(request).id, reason, validFrom: validFrom ?? null }
    const added = await addPolicy(tx, county, said, known.now, by)
    Object.assign(note, { subject: added, detail: { version } })
    return added
  })
  return { ...answer, id }
}

async function newestVersion(sql: Sql, county: string): Promise<number> {
  const newest = (await allPolicies(sql)).find((policy) => policy.county === county)
  return newest?.version ?? 0
}

/** @throws ApiError 422 that names file, line and field */
function saidIn(text: string, file: string): PolicyContent {
  try {
    return readPolicyFile(text, KIND_LABELS, file)
  } catch (error) {
    if (!(error instanceof PolicyRefused)) throw error
    const [first] = error.faults
    const more = error.faults.length > 1 ? `(共 ${error.faults.length} 处)` : ''
    throw new ApiError(
      422,
      'bad-file',
      `规则不能用:${first ? faultWords(file, first) : ''}${more}。`,
      error.faults.map((fault) => ({ pointer: '/body/text', message: faultWords(file, fault) })),
    )
  }
}
