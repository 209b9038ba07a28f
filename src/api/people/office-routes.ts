import { allOffices } from '../../services/people/offices.ts'
import { officeDocuments as documents } from '../../contract/routes/offices.ts'
import type { ApiDeps } from '../http/deps.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { actOnOffice, createOffice } from './keep-offices.ts'

export function officeRoutes(app: Routes, deps: ApiDeps): void {
  route(app, documents.listOffices, async ({ db }) => ({ items: await allOffices(db), nextCursor: null }))

  route(app, documents.addOffice, async (request, reply) =>
    reply.code(201).send(await createOffice(request, deps, request.body)),
  )

  route(app, documents.actOnOffice, (request) =>
    actOnOffice(request, deps, request.params.code, request.body),
  )
}
