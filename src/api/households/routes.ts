import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import {
  type householdStory,
  LIKENESS_LABELS,
  type twin,
  type twinsRequest,
} from '../../contract/api/households.ts'
import { householdDocuments as documents } from '../../contract/routes/households.ts'
import { coverOf } from '../../services/households/cover.ts'
import { findTwins, relatedObligations } from '../../services/households/find-related.ts'
import { obligationsByIds } from '../../services/obligations/search.ts'
import { EXIT_REASON_LABELS, isClosed, OUTCOME_LABELS } from '../../domain/obligation/vocabulary.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { idNoOf } from '../../ledgers/id-number.ts'
import { phoneOf } from '../../ledgers/phone.ts'
import type { ApiDeps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { placeOf } from '../obligations/place.ts'
import { listedOutcome, showObligation } from '../obligations/present.ts'
import { type ReferenceData, referenceData } from '../obligations/reference-data.ts'
import { actorOf, mustReach, notTheirs } from '../plugins/actor.ts'

type Known = (request: FastifyRequest) => Promise<ReferenceData>

/** One household across its obligations, and those of the ledger that may be the same. */
export function householdRoutes(app: Routes, { keys }: ApiDeps): void {
  const known: Known = referenceData()
  route(app, documents.getHousehold, (request) => readHousehold(request, keys, known))
  route(app, documents.findTwins, async (request) => ({
    items: await readTwins(request, keys, known),
    nextCursor: null,
  }))
}

type Keys = ApiDeps['keys']

/** @throws ApiError 404 for what is not there, or not theirs */
async function readHousehold(
  request: FastifyRequest<{ Params: { id: string } }>,
  keys: Keys,
  known: Known,
): Promise<z.infer<typeof householdStory>> {
  const { db, params, log } = request
  const actor = actorOf(request)
  const facts = await known(request)
  const ids = await relatedObligations(db, keys, params.id, actor.personal)
  const found = await obligationsByIds(db, ids, facts.now)
  const asked = found.find(({ id }) => id === params.id)
  if (!asked) throw notFound('事项')
  const { cover, exits } = await coverOf(db, ids)
  const items = found.map((row) => ({
    ...showObligation(keys, actor, row, facts, listedOutcome(row, log)),
    followsFrom: row.followsFrom,
  }))
  return {
    subject: items.find(({ id }) => id === params.id)?.subject ?? null,
    cover: cover && { ...cover, labels: { outcome: OUTCOME_LABELS[cover.outcome] } },
    monitored: found.some(({ kind, state }) => kindOf(kind).outlivesCampaign && !isClosed(state)),
    exits: exits.map((exit) => ({
      ...exit,
      labels: {
        outcome: OUTCOME_LABELS[exit.outcome],
        ...(exit.reason && { reason: EXIT_REASON_LABELS[exit.reason] }),
      },
    })),
    items,
  }
}

/** What is looked for goes nowhere: not into the trail, not into a log. */
async function readTwins(
  request: FastifyRequest<{ Body: z.infer<typeof twinsRequest> }>,
  keys: Keys,
  known: Known,
): Promise<z.infer<typeof twin>[]> {
  const { office: code, person } = request.body
  const actor = actorOf(request)
  // Who may see no household may not ask by its numbers whether it is there either.
  if (!actor.personal) throw notTheirs()
  const facts = await known(request)
  return request.db.transaction(async (tx, note) => {
    const { county, office } = await placeOf(tx, code, actor.scope)
    mustReach(request, documents.findTwins.config.permission, office.code)
    const written = { ...person, idNo: idNoOf(person.idNo), phone: phoneOf(person.phone) }
    const twins = await findTwins(tx, keys, { county, office: office.code }, written)
    note.action = 'household.lookup'
    note.county = county
    note.detail = { by: 'twins', office: office.code, found: twins.length }
    const rows = await obligationsByIds(
      tx,
      twins.map(({ id }) => id),
      facts.now,
    )
    return twins.flatMap(({ id, alike }) => {
      const row = rows.find((one) => one.id === id)
      if (!row) return []
      const shown = showObligation(keys, actor, row, facts, listedOutcome(row, request.log))
      return [{ obligation: shown, alike, labels: alike.map((code) => LIKENESS_LABELS[code]) }]
    })
  })
}
