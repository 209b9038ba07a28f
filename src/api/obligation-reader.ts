import type { FastifyRequest } from 'fastify'
import type { ObligationBody, ObligationQuery } from '../contract/api/obligations.ts'
import {
  obligationById,
  type Scope,
  searchObligations,
  type Sort,
  sortedAt,
} from '../db/obligation-queries.ts'
import type { Keyring } from '../db/sealing.ts'
import { type Actor, onlyRoot } from '../domain/access.ts'
import { actingOffices } from '../domain/acting-offices.ts'
import type { Instant } from '../domain/days.ts'
import { notFound } from './errors.ts'
import { knownFacts } from './known.ts'
import { maskedSubjects } from './masked-subjects.ts'
import { actorOf, asOfOf } from './plugins/auth.ts'
import { decodeCursor, pageFrom } from './plugins/cursor.ts'
import { showObligation } from './present.ts'

/** As the API is asked; what few turns select may also be sorted by theirs. */
export type ObligationQuestion = Omit<ObligationQuery, 'sort'> & { sort: Sort }
export type ObligationPage = { items: ObligationBody[]; nextCursor: string | null }

/** Whose matters somebody reads, and whose turn is theirs. */
export function scopeOf(actor: Actor): Scope {
  return { ...actor.scope, held: actingOffices(actor) }
}

/** Matters as the API and the pages show them: those of whoever asks, their households masked. */
export function obligationReader(keys: Keyring) {
  const known = knownFacts()
  const masked = maskedSubjects(keys)
  return {
    /** @throws ApiError for a cursor that is none */
    async list(request: FastifyRequest, query: ObligationQuestion): Promise<ObligationPage> {
      const { sort, cursor, limit, ...search } = query
      const actor = actorOf(request)
      const { office = onlyRoot(actor), officeOnly = false } = search
      const asked = { ...search, office, officeOnly: officeOnly && search.office !== undefined }
      const page = { sort, after: decodeCursor(cursor), limit: limit + 1, now: asOfOf(request).now }
      const found = await searchObligations(request.db, asked, page, scopeOf(actor))
      const facts = await known(request)
      return pageFrom(
        found,
        limit,
        (row) => ({ at: sortedAt(row, sort), id: row.id }),
        (row) => ({ ...showObligation(row, facts), subject: masked(actor, row) }),
      )
    },

    /** @throws ApiError 404 for what is not there, or not theirs */
    async one(request: FastifyRequest, id: string): Promise<{ body: ObligationBody; now: Instant }> {
      const facts = await known(request)
      const found = await obligationById(request.db, id, facts.now)
      if (!found) throw notFound('事项')
      const subject = masked(actorOf(request), found)
      return { body: { ...showObligation(found, facts), subject }, now: facts.now }
    },

    known,
  }
}
export type ObligationReader = ReturnType<typeof obligationReader>
