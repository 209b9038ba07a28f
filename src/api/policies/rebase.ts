import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { rebaseBody, rebased } from '../../contract/api/policies.ts'
import type { dryRunQuery } from '../../contract/api/recounts.ts'
import { dayOf } from '../../domain/time/days.ts'
import { previewRebase, rebase } from '../../services/recounts/rebase.ts'
import { policyById } from '../../services/schedule/policies.ts'
import { ApiError } from '../http/errors.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { actorOf, mustReach } from '../plugins/actor.ts'
import { mustBeExpected, showEffect } from '../recounts/present.ts'
import { knownPolicy } from './present.ts'

type Request = FastifyRequest<{
  Params: { id: string }
  Body: z.infer<typeof rebaseBody>
  Querystring: z.infer<typeof dryRunQuery>
}>

/** Puts all open work of a county under a version of its policy, after telling what that does. */
export async function rebaseOn(request: Request, known: ReferenceData): Promise<z.infer<typeof rebased>> {
  const { dryRun = true } = request.query
  const { id, county, version, reason, validFrom } = await knownPolicy(request, request.params.id)
  mustReach(request, 'policies:manage', county)
  if (validFrom !== null && validFrom > dayOf(known.now))
    throw new ApiError(409, 'not-now', `第 ${version} 版规则从 ${validFrom} 起生效,到那天再改。`)
  const policy = await policyById(request.db, id)
  const order = { county, now: known.now }
  const answerOf = async (preview: Awaited<ReturnType<typeof rebase>>) => ({
    ...(await showEffect(request.db, county, preview, known)),
    ...{ dryRun, version },
  })
  if (dryRun) return answerOf(await previewRebase(request.db, policy, order))
  const why = `规则改按第 ${version} 版${reason === null ? '' : `(${reason})`}`
  const done = await request.db.transaction(async (tx, note) => {
    Object.assign(note, { action: 'policy.rebase', county, subject: id })
    const preview = await rebase(tx, policy, { ...order, actor: actorOf(request).id, why })
    mustBeExpected(request.body.expectedCount, preview)
    const { later, earlier } = preview.total
    note.detail = { version, later, earlier }
    return preview
  })
  return answerOf(done)
}
