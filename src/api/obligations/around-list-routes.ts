import type { FastifyRequest } from 'fastify'
import { countInboxes, countObligations } from '../../services/obligations/search-counts.ts'
import {
  obligationById,
  type ObligationSearch,
  searchObligations,
  type Sort,
  sortedAt,
} from '../../services/obligations/search.ts'
import { reverseOf } from '../../services/obligations/search-sort.ts'
import { type InboxQuery, INBOXES } from '../../domain/obligation/inboxes.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import { onlyRoot } from '../../domain/people/permissions.ts'
import { listDocuments as documents } from '../../contract/routes/obligation-lists.ts'
import { notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { askedOf, scopeOf } from './read.ts'

/** What stands around a list: counts of inboxes, the total of a question, the rows before and after one. */
export function listRoutes(app: Routes): void {
  route(app, documents.countInboxes, async (request) => {
    const actor = actorOf(request)
    const office = request.query.office ?? onlyRoot(actor)
    const counts = await countInboxes(request.db, scopeOf(actor), asOfOf(request).now, office)
    return {
      items: codesOf(INBOXES).map((code) => {
        const { label, query } = INBOXES[code]
        return { code, label, count: counts[code], query: addressOf(query) }
      }),
    }
  })

  route(app, documents.countObligations, async (request) => {
    const actor = actorOf(request)
    const asked = askedOf(actor, request.query)
    return { count: await countObligations(request.db, asked, scopeOf(actor), asOfOf(request).now) }
  })

  route(app, documents.getNeighbours, async (request) => {
    const { sort, ...search } = request.query
    const { id } = request.params
    const row = await obligationById(request.db, id, asOfOf(request).now)
    if (!row) throw notFound('事项')
    const after = { at: sortedAt(row, sort), id }
    return {
      previous: await nextTo(request, search, { sort: reverseOf(sort), after }),
      next: await nextTo(request, search, { sort, after }),
    }
  })
}

async function nextTo(
  request: FastifyRequest,
  search: ObligationSearch,
  from: { sort: Sort; after: { at: number | string; id: string } },
): Promise<string | null> {
  const actor = actorOf(request)
  const page = { ...from, limit: 1, now: asOfOf(request).now }
  const [found] = await searchObligations(request.db, askedOf(actor, search), page, scopeOf(actor))
  return found?.id ?? null
}

/** The query as it stands in an address: every value a text. */
function addressOf(query: InboxQuery): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))
}
