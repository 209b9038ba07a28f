import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import {
  LIKENESS_LABELS,
  type possibleTwin,
  type twin,
  type twinDecision,
} from '../../contract/api/households.ts'
import { householdDocuments as documents } from '../../contract/routes/households.ts'
import {
  findTwins,
  personBehind,
  relatedObligations,
  type Twin,
} from '../../services/households/find-related.ts'
import {
  addLink,
  endLink,
  linksAbout,
  lockLink,
  type Pair,
} from '../../services/households/twin-decisions.ts'
import { type ActedOnRow, actedOnById } from '../../services/obligations/acted-on.ts'
import { obligationsByIds } from '../../services/obligations/search.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import type { Sql } from '../../db/pool.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { listedOutcome, showObligation } from '../obligations/present.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { actorOf, asOfOf, mustReach, notTheirs } from '../plugins/actor.ts'
import type { AuditNote } from '../plugins/audit-entry.ts'

export type Known = (request: FastifyRequest) => Promise<ReferenceData>
type OfPair = { Params: { id: string; twin: string } }
const { permission } = documents.decideTwin.config

/** Possible twins are joined or kept apart by a person, and what was decided can be taken back. */
export function twinRoutes(app: Routes, keys: Keyring, known: Known): void {
  route(app, documents.listPossibleTwins, async (request) => ({
    items: await possibleTwins(request, keys, await known(request)),
    nextCursor: null,
  }))

  route(app, documents.decideTwin, async (request) => {
    await decide(request, keys)
    return { ...request.params, same: request.body.same }
  })

  route(app, documents.undoTwinDecision, async (request) => {
    await undo(request)
    return { ...request.params, same: null }
  })
}

/** Those alike that are not known to be the same household. @throws ApiError 403 or 404 */
function possibleTwins(
  request: FastifyRequest<{ Params: { id: string } }>,
  keys: Keyring,
  facts: ReferenceData,
): Promise<z.infer<typeof possibleTwin>[]> {
  const { id } = request.params
  return request.db.transaction(async (tx, note) => {
    note.action = 'household.lookup'
    // Nothing was done to it.
    note.subject = ''
    const { county, office } = await reachable(request, tx, id)
    note.county = county
    const person = await personBehind(tx, keys, id)
    if (!person) return []
    const same = await relatedObligations(tx, keys, id, true)
    const twins = await findTwins(tx, keys, { county, office, known: same }, person)
    note.detail = { by: 'twins', obligation: id, found: twins.length }
    const apart = (await linksAbout(tx, [id])).filter((link) => !link.same && link.endedAt === null)
    const isApart = (other: string) => apart.some((link) => [link.obligation, link.other].includes(other))
    const shown = await showTwins(request, tx, { keys, facts, twins })
    return shown.map((one) => ({ ...one, keptApart: isApart(one.obligation.id) }))
  })
}

/** Twins as the contract shows them; of those alone that the reader sees. */
export async function showTwins(
  request: FastifyRequest,
  tx: Sql,
  { keys, facts, twins }: { keys: Keyring; facts: ReferenceData; twins: readonly Twin[] },
): Promise<z.infer<typeof twin>[]> {
  const ids = twins.map(({ id }) => id)
  const rows = await obligationsByIds(tx, ids, facts.now)
  return twins.flatMap(({ id, alike }) => {
    const row = rows.find((one) => one.id === id)
    if (!row) return []
    const shown = showObligation(keys, actorOf(request), row, facts, listedOutcome(row, request.log))
    return [{ obligation: shown, alike, labels: alike.map((code) => LIKENESS_LABELS[code]) }]
  })
}

/** @throws ApiError 403, 404, 409 or 422 */
async function decide(
  request: FastifyRequest<OfPair & { Body: z.infer<typeof twinDecision> }>,
  keys: Keyring,
): Promise<void> {
  const { same } = request.body
  await request.db.transaction(async (tx, note) => {
    const { pair, county } = await openPair(request, tx, note, same ? 'join' : 'keep-apart')
    const acting = { by: actorOf(request).id, now: asOfOf(request).now }
    await mustBePossible(tx, keys, pair, same)
    const before = await lockLink(tx, pair)
    if (before?.same === same) return
    if (before) await endLink(tx, before.id, acting)
    if (!(await addLink(tx, { ...acting, pair, same, county })))
      throw new ApiError(409, 'exists', '别人刚刚认定过这两户,请刷新后再看。')
  })
}

/** @throws ApiError 403 or 404 */
async function undo(request: FastifyRequest<OfPair>): Promise<void> {
  await request.db.transaction(async (tx, note) => {
    const { pair } = await openPair(request, tx, note, 'undo-link')
    const before = await lockLink(tx, pair)
    if (!before) throw notFound('认定')
    await endLink(tx, before.id, { by: actorOf(request).id, now: asOfOf(request).now })
  })
}

async function openPair(
  request: FastifyRequest<OfPair>,
  tx: Sql,
  note: AuditNote,
  what: 'join' | 'keep-apart' | 'undo-link',
): Promise<{ pair: Pair; county: string }> {
  const { id, twin: other } = request.params
  note.action = `household.${what}`
  note.subject = id
  note.detail = { twin: other }
  const one = await reachable(request, tx, id)
  note.county = one.county
  const two = await reachable(request, tx, other)
  if (id === other || one.county !== two.county)
    throw new ApiError(422, 'bad-household', '请填写本县另一件事项的编号。')
  return { pair: [id, other], county: one.county }
}

/** What the actor may decide about. @throws ApiError 403 or 404 */
async function reachable(request: FastifyRequest, tx: Sql, id: string): Promise<ActedOnRow> {
  const found = await actedOnById(tx, id)
  if (!found) throw notFound('事项')
  if (!actorOf(request).personal) throw notTheirs()
  mustReach(request, permission, found.office)
  return found
}

/** Without a household there is nothing to decide, and one number is one household. @throws ApiError 409 */
async function mustBePossible(tx: Sql, keys: Keyring, [a, b]: Pair, same: boolean): Promise<void> {
  const [one, two] = [await personBehind(tx, keys, a), await personBehind(tx, keys, b)]
  if (!one || !two) throw new ApiError(409, 'bad-household', '其中一件事项没有户的信息,无法认定。')
  if (!same && one.idNo !== '' && one.idNo === two.idNo)
    throw new ApiError(
      409,
      'bad-household',
      '这两件事项的身份证号相同,按同一户处理。号码登记错了的,请先更正号码。',
    )
}
