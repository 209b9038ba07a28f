import type { FastifyRequest } from 'fastify'
import type { ObligationBody, ObligationQuery } from '../../contract/api/obligations.ts'
import {
  obligationById,
  type Scope,
  type Sort,
  sortedAt,
  unreadObligations,
} from '../../services/obligations/search.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { type Actor, onlyRoot } from '../../domain/people/permissions.ts'
import { actingOffices } from '../../domain/people/acting-offices.ts'
import type { Instant } from '../../domain/time/days.ts'
import { notFound } from '../http/errors.ts'
import { referenceData } from './reference-data.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { bodyOf, type ShownObligation, shownObligations } from './json-cache.ts'

/** As the API is asked; what few turns select may also be sorted by theirs. */
export type ObligationQuestion = Omit<ObligationQuery, 'sort'> & { sort: Sort }
type PageOf<T> = { items: T[]; nextCursor: string | null }
export type ObligationPage = PageOf<ObligationBody>

/** Whose matters somebody reads, and whose turn is theirs. */
export function scopeOf(actor: Actor): Scope {
  return { ...actor.scope, held: actingOffices(actor) }
}

/** Matters as the API and the pages show them: those of whoever asks, their households masked. */
export function obligationReader(keys: Keyring) {
  const known = referenceData()
  const shown = shownObligations(keys)
  async function page(request: FastifyRequest, query: ObligationQuestion): Promise<PageOf<ShownObligation>> {
    const { sort, cursor, limit, ...search } = query
    const actor = actorOf(request)
    const { office = onlyRoot(actor), officeOnly = false } = search
    const asked = { ...search, office, officeOnly: officeOnly && search.office !== undefined }
    const place = { sort, after: decodeCursor(cursor), limit: limit + 1, now: asOfOf(request).now }
    const found = await request.db.once((sql) => unreadObligations(sql, asked, place, scopeOf(actor)))
    const facts = await known(request)
    return pageFrom(
      found.map((row) => shown(actor, row, facts)),
      limit,
      (item) => ({ at: sortedAt(item, sort), id: item.id }),
      (item) => item,
    )
  }

  return {
    /** @throws ApiError for a cursor that is none */
    async list(request: FastifyRequest, query: ObligationQuestion): Promise<ObligationPage> {
      const { items, nextCursor } = await page(request, query)
      return { items: items.map(({ json }) => JSON.parse(json) as ObligationBody), nextCursor }
    },

    /** The same as it goes over the wire, put together from what was written out once. */
    async listJson(request: FastifyRequest, query: ObligationQuestion): Promise<string> {
      const { items, nextCursor } = await page(request, query)
      return `{"items":[${items.map(({ json }) => json).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`
    },

    /** @throws ApiError 404 for what is not there, or not theirs */
    async one(request: FastifyRequest, id: string): Promise<{ body: ObligationBody; now: Instant }> {
      const facts = await known(request)
      const found = await obligationById(request.db, id, facts.now)
      if (!found) throw notFound('事项')
      return { body: bodyOf(keys, actorOf(request), found, facts), now: facts.now }
    },

    known,
  }
}
export type ObligationReader = ReturnType<typeof obligationReader>
