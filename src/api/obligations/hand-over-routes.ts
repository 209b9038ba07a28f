import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { handOnAnswer, handOnBody, handOver, handOverQuery } from '../../contract/api/hand-overs.ts'
import { handOverDocuments as documents } from '../../contract/routes/hand-overs.ts'
import { colleaguesIn } from '../../services/obligations/assign.ts'
import { handOn, type HandOn, planHandOn } from '../../services/obligations/hand-on.ts'
import { type HandOverRow, searchHandOvers } from '../../services/obligations/hand-overs.ts'
import { allOffices } from '../../services/people/offices.ts'
import { HAND_OVER_STATE_LABELS } from '../../domain/obligation/request-words.ts'
import { handOnRefusal } from '../../domain/obligation/hand-over.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { ApiError } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { iso, isoOrNull } from './present.ts'
import { referenceData, type ReferenceData } from './reference-data.ts'

const SHOWN = 200
type OfOffice = FastifyRequest<{ Params: { code: string }; Body: z.infer<typeof handOnBody> }>

export function handOverRoutes(app: Routes): void {
  const known = referenceData()

  route(app, documents.listHandOvers, async (request) => list(request, await known(request)))

  route(app, documents.handOnOffice, (request) => handOnOffice(request))
}

async function list(
  request: FastifyRequest<{ Querystring: z.infer<typeof handOverQuery> }>,
  facts: ReferenceData,
) {
  const { direction, state, office, cursor, limit } = request.query
  const { offices: all } = actorOf(request).scope
  const offices = all.filter(
    (code) => office === undefined || code === office || code.startsWith(`${office}.`),
  )
  const search = { offices, direction, state }
  const page = { before: decodeCursor(cursor), limit: limit + 1 }
  const found = await searchHandOvers(request.db, search, page)
  const positionOf = ({ offeredAt: at, id }: HandOverRow) => ({ at, id })
  return pageFrom(found, limit, positionOf, (row) => showHandOver(row, facts))
}

function showHandOver(row: HandOverRow, { names }: ReferenceData): z.infer<typeof handOver> {
  const { id, obligation, externalId, title, fromOffice, toOffice, state, heldDays } = row
  const office = (code: string) => ({ code, name: names.office(code) })
  const person = (one: string) => ({ id: one, name: names.person(one) })
  return {
    ...{ id, obligation, externalId, title, from: office(fromOffice), to: office(toOffice), state, heldDays },
    ...{
      label: HAND_OVER_STATE_LABELS[state],
      offeredAt: iso(row.offeredAt),
      offeredBy: person(row.offeredBy),
    },
    answeredAt: isoOrNull(row.answeredAt),
    answeredBy: row.answeredBy === null ? null : person(row.answeredBy),
  }
}

/** A dry run changes nothing, and is asked for in the same words. @throws ApiError 403, 409 or 422 */
async function handOnOffice(request: OfOffice): Promise<z.infer<typeof handOnAnswer>> {
  const { code: from } = request.params
  const { toOffice: to, dryRun, expectedCount } = request.body
  mustReach(request, documents.handOnOffice.config.permission, from)
  mustReach(request, documents.handOnOffice.config.permission, to)
  const { now } = asOfOf(request)
  const offices = await officesOf(request.db, { from, to }, now)
  if (dryRun) return { done: false, ...offices, ...(await planHandOn(request.db, { from, to }, now, SHOWN)) }
  if (expectedCount === undefined) throw uncounted()
  return request.db.transaction(async (tx, note) => {
    note.action = 'office.hand-on'
    note.subject = from
    const plan = await planHandOn(tx, { from, to }, now, SHOWN)
    const count = await handOn(tx, { from, to }, { actor: actorOf(request), now })
    // What was locked counts: more may have begun since it was listed.
    if (count !== expectedCount) throw otherCount(count, expectedCount)
    note.detail = { to, count }
    return { done: true, ...offices, ...plan, count }
  })
}

/** @throws ApiError 422 unless both are there and alike, and somebody works in the other */
async function officesOf(sql: Sql, { from, to }: HandOn, now: Instant) {
  const offices = await allOffices(sql)
  const [one, other] = [from, to].map((code) => offices.find((office) => office.code === code) ?? null)
  const refusal = handOnRefusal(one ?? null, other ?? null, (await colleaguesIn(sql, to, now)).length)
  if (refusal || !one || !other)
    throw new ApiError(422, 'bad-office', refusal?.message ?? '没有这个单位。', [
      { pointer: '/body/toOffice', message: refusal?.message ?? '没有这个单位' },
    ])
  const named = ({ code, name }: { code: string; name: string }) => ({ code, name })
  return { from: named(one), to: named(other) }
}

function uncounted(): ApiError {
  const message = '请先试算,再带上试算时看到的件数'
  return new ApiError(422, 'invalid', `${message}办理。`, [{ pointer: '/body/expectedCount', message }])
}

function otherCount(count: number, expected: number): ApiError {
  return new ApiError(
    409,
    'count-changed',
    `这个单位未办结的已变为 ${count} 件,与您看到的 ${expected} 件不同,请重新试算后再办理。`,
    [],
    {},
    { count, expected },
  )
}
