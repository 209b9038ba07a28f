import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { householdStory, twin, twinsRequest } from '../../contract/api/households.ts'
import { householdDocuments as documents } from '../../contract/routes/households.ts'
import { coverOf } from '../../services/households/cover.ts'
import { findTwins } from '../../services/households/find-related.ts'
import { type HouseholdLink, linksAbout } from '../../services/households/twin-decisions.ts'
import { type Checked, checksOf, type Screened, screeningsOf } from '../../services/households/reached.ts'
import { type OnRoster, storyGround } from '../../services/households/story-ground.ts'
import { obligationsByIds } from '../../services/obligations/search.ts'
import { COVER_LABELS } from '../../domain/obligation/roster-words.ts'
import { CHECK_METHOD_LABELS, DIFFERENCE_LABELS } from '../../domain/obligation/sampling-words.ts'
import { ENTRY_FINDING_LABELS, ENTRY_FOLLOW_LABELS } from '../../domain/obligation/screening-entry.ts'
import { EXIT_REASON_LABELS } from '../../domain/obligation/result-words.ts'
import { GROUP_LABELS, isClosed, OUTCOME_LABELS, STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { mayIn } from '../../domain/people/permissions.ts'
import { kindOf } from '../../kinds/kinds.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { placeOf } from '../obligations/place.ts'
import { iso, listedOutcome, showObligation } from '../obligations/present.ts'
import { type ReferenceData, referenceData } from '../obligations/reference-data.ts'
import { actorOf, mustReach, notTheirs } from '../plugins/actor.ts'
import { maskedSubject } from './masked-subject.ts'
import { type Known, showTwins, twinRoutes } from './twins.ts'
import { writtenLikeALedger } from './written-like-a-ledger.ts'

/** One household across its obligations, or from its place on the roster, and those of the ledger that may be the same. */
export function householdRoutes(app: Routes, { keys }: ApiDeps): void {
  const known: Known = referenceData()
  route(app, documents.getHousehold, (request) => readHousehold(request, keys, known))
  route(app, documents.findTwins, async (request) => ({
    items: await readTwins(request, keys, known),
    nextCursor: null,
  }))
  twinRoutes(app, keys, known)
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
  const ground = await storyGround(db, keys, params.id, actor.personal)
  if (!ground) throw new ApiError(404, 'not-found', '没有这一户。')
  const { county, ids, indexes, entry, roster, person } = ground
  const found = await obligationsByIds(db, ids, facts.now)
  const officeOf = new Map(found.map(({ id, officeCode }) => [id, officeCode]))
  const mayRead = (id: string) => mayIn(actor, 'notes:read', officeOf.get(id) ?? '')
  const { cover, exits } = await coverOf(db, keys, ids, mayRead)
  const links = await linksAbout(db, ids)
  const screenings = await screeningsOf(db, county, { indexes, roster })
  const checks = await checksOf(db, ids, { roster })
  const items = found.map((row) => ({
    ...showObligation(keys, actor, row, facts, listedOutcome(row, log)),
    followsFrom: row.followsFrom,
  }))
  const subject = person && maskedSubject(person)
  return {
    subject: subject ?? items.find(({ id }) => id === params.id)?.subject ?? null,
    cover: cover && { ...cover, labels: { outcome: OUTCOME_LABELS[cover.outcome] } },
    roster: showOnRoster(entry, facts),
    monitored: found.some(({ kind, state }) => kindOf(kind).outlivesCampaign && !isClosed(state)),
    exits: exits.map((exit) => ({
      ...exit,
      labels: {
        outcome: OUTCOME_LABELS[exit.outcome],
        ...(exit.reason && { reason: EXIT_REASON_LABELS[exit.reason] }),
      },
    })),
    screenings: screenings.map((one) => showScreened(one, facts)),
    checks: checks.map(showChecked),
    links: links.map((link) => showLink(link, facts)),
    items,
  }
}

function showLink(
  { id: _, county: _c, decidedBy, endedBy, ...link }: HouseholdLink,
  { names }: ReferenceData,
) {
  return {
    ...link,
    decidedBy: names.person(decidedBy) || decidedBy,
    decidedAt: iso(link.decidedAt),
    endedBy: endedBy === null ? null : names.person(endedBy) || endedBy,
    endedAt: link.endedAt === null ? null : iso(link.endedAt),
  }
}

function showScreened({ officeCode: code, ...screened }: Screened, { names }: ReferenceData) {
  const { finding, follow } = screened
  const labels = {
    ...(finding && { finding: ENTRY_FINDING_LABELS[finding] }),
    ...(follow && { follow: ENTRY_FOLLOW_LABELS[follow] }),
  }
  return { ...screened, office: { code, name: names.office(code) }, labels }
}

function showChecked({ differs: found, ...checked }: Checked) {
  const { state, method } = checked
  const differs = found ?? []
  const labels = {
    state: STATE_LABELS[state],
    ...(method && { method: CHECK_METHOD_LABELS[method] }),
    ...(differs.length > 0 && { differs: differs.map((code) => DIFFERENCE_LABELS[code]).join('、') }),
  }
  return { ...checked, differs, labels }
}

function showOnRoster(entry: OnRoster | undefined, { names }: ReferenceData) {
  if (!entry) return null
  const { office: code, group, cover } = entry
  return {
    ...entry,
    office: { code, name: names.office(code) },
    labels: { group: GROUP_LABELS[group], cover: COVER_LABELS[cover] },
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
    const written = writtenLikeALedger(person)
    const twins = await findTwins(tx, keys, { county, office: office.code }, written)
    note.action = 'household.lookup'
    note.county = county
    note.detail = { by: 'twins', office: office.code, found: twins.length }
    return showTwins(request, tx, { keys, facts, twins })
  })
}
