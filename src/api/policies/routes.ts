import { policyFile } from '../../domain/escalation/policy-file.ts'
import { differencesOf } from '../../domain/escalation/policy-differences.ts'
import { policyDocuments as documents } from '../../contract/routes/policies.ts'
import { currentPolicy } from '../../services/schedule/policies.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { referenceData } from '../obligations/reference-data.ts'
import { knownPolicy, showPolicies } from './present.ts'
import { publishPolicy, restorePolicy } from './publish.ts'
import { rebaseOn } from './rebase.ts'

/** The rules of a county as data (R8): versions that are read, compared, published and gone back to, and rebasing on one. */
export function policyRoutes(app: Routes): void {
  const known = referenceData()

  route(app, documents.listPolicies, async (request) => ({
    items: await showPolicies(request, await known(request)),
    nextCursor: null,
  }))

  route(app, documents.publishPolicy, async (request) => publishPolicy(request, await known(request)))

  route(app, documents.exportPolicy, async (request, reply) => {
    const policy = await knownPolicy(request, request.params.id)
    return reply
      .type('text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="policy-${policy.version}.yaml"`)
      .serializer(String)
      .send(policyFile(policy))
  })

  route(app, documents.comparePolicies, async (request) => {
    const from = await knownPolicy(request, request.params.id)
    const to = await knownPolicy(
      request,
      request.query.with ?? (await currentPolicy(request.db, from.county)).id,
    )
    const versionOf = ({ id, version }: typeof from) => ({ id, version })
    return { from: versionOf(from), to: versionOf(to), differences: differencesOf(from, to) }
  })

  route(app, documents.restorePolicy, async (request) => restorePolicy(request, await known(request)))

  route(app, documents.rebasePolicy, async (request) => rebaseOn(request, await known(request)))
}
