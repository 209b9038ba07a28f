import type { FastifyRequest } from 'fastify'
import type { ObligationBody, ObligationDetail } from '../../contract/api/obligations.ts'
import type { ObligationQuery } from '../../contract/api/obligation-filter.ts'
import {
  obligationById,
  type ObligationRow,
  type ObligationSearch,
  type Scope,
  searchObligations,
  type Sort,
  sortedAt,
} from '../../services/obligations/search.ts'
import { hasOffers } from '../../services/obligations/search-conditions.ts'
import { linksOf } from '../../services/obligations/follow-links.ts'
import { isByDay } from '../../services/obligations/search-sort.ts'
import { importRemarksOf, readFacts, readResult } from '../../services/obligations/facts.ts'
import { resultTextsOf } from '../../services/obligations/result-texts.ts'
import { comparisonOf, hitsFilesOf, hitsTarget, raisedBy } from '../../services/comparisons/hits.ts'
import { isComparison } from '../../kinds/comparison.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { isRectification } from '../../kinds/rectification.ts'
import type { Result } from '../../kinds/kind.ts'
import { problemById, problemsFoundBy } from '../../services/problems/search.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { type Actor, mayIn, onlyRoot } from '../../domain/people/permissions.ts'
import { mayBringHits } from '../../domain/people/bring-hits.ts'
import { actingOffices } from '../../domain/people/acting-offices.ts'
import type { Instant } from '../../domain/time/days.ts'
import { notFound } from '../http/errors.ts'
import { referenceData } from './reference-data.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { decodeSortCursor, pageFrom } from '../plugins/cursor.ts'
import { showProblemPart } from '../problems/present.ts'
import { listedOutcome, showObligation } from './present.ts'
import { shownResult } from './shown-result.ts'

/** As the API is asked; what few turns select may also be sorted by theirs. */
export type ObligationQuestion = Omit<ObligationQuery, 'sort'> & { sort: Sort }
export type ObligationPage = { items: ObligationBody[]; nextCursor: string | null }

/** Whose obligations somebody reads, and whose turn is theirs. */
export function scopeOf(actor: Actor): Scope {
  return { ...actor.scope, held: actingOffices(actor) }
}

/** Whoever works under one root asks for that office, which has an index. */
export function askedOf(actor: Actor, search: ObligationSearch): ObligationSearch {
  const { office = hasOffers(search) ? undefined : onlyRoot(actor), officeOnly = false } = search
  return { ...search, office, officeOnly: officeOnly && search.office !== undefined }
}

/** Obligations as the API and the pages show them: those of whoever asks, their households masked. */
export function obligationReader(keys: Keyring) {
  const known = referenceData()
  return {
    /** @throws ApiError for a cursor that is none */
    async list(request: FastifyRequest, query: ObligationQuestion): Promise<ObligationPage> {
      const { sort, cursor, limit, ...search } = query
      const actor = actorOf(request)
      const asked = askedOf(actor, search)
      const place = {
        sort,
        after: decodeSortCursor(cursor, isByDay(sort)),
        limit: limit + 1,
        now: asOfOf(request).now,
      }
      const found = await searchObligations(request.db, asked, place, scopeOf(actor))
      const facts = await known(request)
      return pageFrom(
        found,
        limit,
        (row) => ({ at: sortedAt(row, sort), id: row.id }),
        (row) => showObligation(keys, actor, row, facts, listedOutcome(row, request.log)),
      )
    },

    /** @throws ApiError 404 for what is not there, or not theirs */
    async one(request: FastifyRequest, id: string): Promise<{ body: ObligationDetail; now: Instant }> {
      const facts = await known(request)
      const found = await obligationById(request.db, id, facts.now)
      if (!found) throw notFound('事项')
      const body = showObligation(keys, actorOf(request), found, facts)
      const { followsFrom, followedBy } = await linksOf(request.db, id)
      const links = { followsFrom: followsFrom?.id ?? null, followedBy: followedBy.map((next) => next.id) }
      const problem = await problemById(request.db, id, facts.now)
      const stated = {
        hasEntries: kindOf(found.kind).hasEntries,
        facts: readFacts(found, found.facts),
        result: await resultFor(request, keys, found),
        found: await problemsFoundBy(request.db, id),
        comparison: await comparisonOf(request.db, id),
        ...(isComparison(found)
          ? await hitsOf(request, id)
          : { raised: [], hitsFiles: null, takesHits: false }),
        problem: problem ? showProblemPart(problem, keys, actorOf(request)) : null,
        ofProblemList: isRectification(found) && !problem,
      }
      const remarks = importRemarksOf(found, found.facts)
      return { body: { ...body, ...links, remarks, ...stated }, now: facts.now }
    },

    known,
  }
}
/** The files of hits of a comparison, what they raised, and whether the reader may bring another. */
async function hitsOf(request: FastifyRequest, id: string) {
  const { db } = request
  const files = await hitsFilesOf(db, [id])
  const target = await hitsTarget(db, id)
  return {
    raised: await raisedBy(db, id),
    hitsFiles: files.map(({ comparison: _, ...file }) => file),
    takesHits: target !== undefined && mayBringHits(actorOf(request), target),
  }
}

/** What was handed in; its texts for whoever reads notes there. */
async function resultFor(request: FastifyRequest, keys: Keyring, row: ObligationRow): Promise<Result | null> {
  const stored = readResult(row, row.result)
  if (stored === null) return null
  const mayRead = mayIn(actorOf(request), 'notes:read', row.officeCode)
  return shownResult(row.kind, stored, mayRead ? await resultTextsOf(request.db, keys, row.id) : null)
}

export type ObligationReader = ReturnType<typeof obligationReader>
