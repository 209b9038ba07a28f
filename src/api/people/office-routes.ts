import { allOffices } from '../../services/people/offices.ts'
import { officeDocuments as documents } from '../../contract/routes/offices.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

export function officeRoutes(app: Routes): void {
  route(app, documents.listOffices, async ({ db }) => ({ items: await allOffices(db), nextCursor: null }))
}
