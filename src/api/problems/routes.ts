import { problemDocuments as documents } from '../../contract/routes/problems.ts'
import type { ApiDeps } from '../http/deps.ts'
import { problemsAround } from '../../services/problems/search.ts'
import { notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { referenceData } from '../obligations/reference-data.ts'
import { readProblemBurnDown } from './burn-down.ts'
import { createProblems } from './create.ts'
import { importProblems } from './import.ts'
import { listProblems } from './list.ts'

export function problemRoutes(app: Routes, { keys }: ApiDeps): void {
  const known = referenceData()

  route(app, documents.listProblems, async (request) => listProblems(request, keys, await known(request)))

  route(app, documents.getProblemNeighbours, async ({ db, params, query }) => {
    const around = await problemsAround(db, params.id, query)
    if (!around) throw notFound('事项')
    return around
  })

  route(app, documents.createProblems, async (request, reply) =>
    reply.code(201).send(await createProblems(request, keys)),
  )

  route(app, documents.importProblems, (request) => importProblems(request, keys))

  route(app, documents.getProblemBurnDown, async (request) =>
    readProblemBurnDown(request, request.query.campaign, await known(request)),
  )
}
