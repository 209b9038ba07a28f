import type { FastifyRequest } from 'fastify'
import { sharedViewDocuments as documents } from '../../contract/routes/shared-views.ts'
import { countiesWhere } from '../../domain/people/permissions.ts'
import { dropSharedView, sharedViews } from '../../services/obligations/list-views.ts'
import type { ApiDeps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { actorOf } from '../plugins/actor.ts'
import { accountsTransaction } from '../plugins/scope.ts'
import { showView } from './present-view.ts'
import { referenceData } from './reference-data.ts'

/** Views that are shared, for whoever manages the accounts of their county: who kept one may have left. */
export function sharedViewRoutes(app: Routes, deps: Pick<ApiDeps, 'gate' | 'wallNow'>): void {
  const known = referenceData()

  route(app, documents.listSharedViews, async (request) => {
    const { names } = await known(request)
    const views = await sharedViews(deps.gate, administered(request))
    return { items: views.map((view) => showView(view, names, actorOf(request).id)), nextCursor: null }
  })

  route(app, documents.dropSharedView, async (request, reply) => {
    const counties = administered(request)
    await accountsTransaction(request, deps, counties, async (tx) => {
      if (!(await dropSharedView(tx, request.params.id, counties))) throw notFound('共用的视图')
    })
    return reply.code(204).send(null)
  })
}

const administered = (request: FastifyRequest) => countiesWhere(actorOf(request), 'users:manage')
