import type { FastifyRequest } from 'fastify'
import { actorOf } from '../plugins/actor.ts'
import { ApiError } from '../http/errors.ts'
import type { ObligationPage, ObligationReader } from '../obligations/read.ts'
import { mustKnow } from '../plugins/known-filters.ts'
import type { Routes } from '../http/route-types.ts'
import { LOST_PAGE, NO_CAMPAIGN, NO_OFFICE, questionOf, readFilters } from './list-address.ts'
import type { Filters } from './list-fields.ts'
import { obligationsPage } from './obligations-view.ts'
import { send } from './send.ts'

/** The list of obligations with the scope, masks and cursor of GET /v1/obligations. */
export function obligationPages(app: Routes, obligations: ObligationReader): void {
  app.get(
    '/obligations',
    { schema: { hide: true }, config: { permission: 'obligations:read' } },
    async (request, reply) => {
      const { filters, wrong } = readFilters(request.query)
      const found = wrong.length > 0 ? wrong : await ask(request, filters)
      const { names, calendar, now } = await obligations.known(request)
      const offices = actorOf(request).scope.offices.map((code) => ({ code, name: names.office(code) }))
      const view = { filters, offices, calendar, now, found }
      return send(reply.code(Array.isArray(found) ? 400 : 200), obligationsPage(view))
    },
  )

  /** The page of results, or sentences on what is wrong with the question. */
  async function ask(request: FastifyRequest, filters: Filters): Promise<ObligationPage | string[]> {
    try {
      await mustKnow(request, filters, '/querystring')
      return await obligations.list(request, questionOf(filters))
    } catch (error) {
      const said = error instanceof ApiError ? SENTENCES[error.code] : undefined
      if (said === undefined) throw error
      return [said]
    }
  }
}

const SENTENCES: Record<string, string> = {
  'unknown-office': NO_OFFICE,
  'unknown-campaign': NO_CAMPAIGN,
  'bad-cursor': LOST_PAGE,
}
