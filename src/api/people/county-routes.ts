import type { FastifyRequest } from 'fastify'
import { openMail } from '../../services/notifications/held-mail.ts'
import { counties, type County } from '../../services/people/offices.ts'
import { countyDocuments as documents } from '../../contract/routes/counties.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { mustReach } from '../plugins/actor.ts'

export function countyRoutes(app: Routes): void {
  route(app, documents.listCounties, async ({ db }) => ({
    items: (await counties(db)).map(show),
    nextCursor: null,
  }))

  route(app, documents.openMail, async (request) => show(await openMailOf(request, request.params.id)))
}

/** Opens a county's mail for its administrator, over HTTP or on the page. @throws ApiError when it is open already */
export async function openMailOf(request: FastifyRequest, office: string): Promise<County> {
  const county = (await counties(request.db)).find((each) => each.office === office)
  if (!county) throw notFound('县')
  mustReach(request, 'mail:open', office)
  await request.db.transaction(async (tx, note) => {
    note.action = 'county.open-mail'
    note.county = office
    if (!(await openMail(tx, office)))
      throw new ApiError(409, 'mail-open', `${county.name}的邮件已经开放,不用再开放。`)
  })
  return { ...county, mailState: 'opening' }
}

function show({ office, name, mailState }: County) {
  return { office, name, mailState }
}
