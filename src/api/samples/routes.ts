import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { newReplacement, newSample } from '../../contract/api/samples.ts'
import { sampleDocuments as documents } from '../../contract/routes/samples.ts'
import { dueDayRefusal } from '../../domain/obligation/problem-words.ts'
import { dayOf } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import type { Sql } from '../../db/pool.ts'
import { officesUnder } from '../../services/people/offices.ts'
import { lockLastDayOfProblems } from '../../services/problems/last-day.ts'
import { drawNewSample } from '../../services/sampling/draw.ts'
import { replaceHousehold } from '../../services/sampling/replace.ts'
import { lockSample, sampleById, sampleRows } from '../../services/sampling/store.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { referenceData } from '../obligations/reference-data.ts'
import { countyOf } from '../people/county.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'
import { showSample, showSummary } from './present.ts'

const NOBODY_TO_DRAW =
  '没有可以抽查的户:名册中没有未纳入保障的;没有名册的,四类重点人群的预警中还没有已核查、没有纳入保障的。'

export function sampleRoutes(app: Routes, deps: ApiDeps): void {
  const known = referenceData()
  const one = async (request: FastifyRequest, id: string) => {
    const facts = await known(request)
    const sample = await sampleById(request.db, id)
    if (!sample) throw notFound('抽样')
    return showSample(request.db, sample, facts)
  }

  route(app, documents.listSamples, async ({ db }) => ({
    items: (await sampleRows(db)).map(showSummary),
    nextCursor: null,
  }))

  route(app, documents.getSample, (request) => one(request, request.params.id))

  route(app, documents.drawSample, async (request, reply) => {
    const id = await draw(request)
    return reply
      .code(201)
      .header('location', `/v1/samples/${id}`)
      .send(await one(request, id))
  })

  route(app, documents.replaceSampled, async (request) => {
    await replace(request, deps)
    return one(request, request.params.id)
  })
}

/** @throws ApiError 403, 409 or 422 */
async function draw(request: FastifyRequest<{ Body: z.infer<typeof newSample> }>): Promise<string> {
  const { seed = newId('sm'), percent, dueOn, county: asked } = request.body
  const county = await countyOf(request.db, asked, '/body/county')
  mustReach(request, 'obligations:register', county)
  const { now } = asOfOf(request)
  return request.db.transaction(async (tx, note) => {
    note.action = 'sample.draw'
    note.county = county
    const last = await lockLastDayOfProblems(tx, county, dayOf(now))
    if (!last) throw new ApiError(409, 'not-now', '今年还没有启动行动,没有可以抽查的名册。请先启动行动。')
    const late = dueDayRefusal(dueOn, { today: dayOf(now), lastOn: last.lastOn, phase: last.title })
    if (late !== null) throw badField('dueOn', 'bad-day', late.replace('整改期限', '核查期限'))
    const offices = await officesUnder(tx, county)
    const order = { county, campaign: last.campaign, offices, seed, percent, dueOn, now }
    const id = await drawNewSample(tx, { ...order, actor: actorOf(request).id })
    if (id === null)
      throw new ApiError(409, 'empty-population', NOBODY_TO_DRAW, [
        { pointer: '/body', message: NOBODY_TO_DRAW },
      ])
    note.subject = id
    note.detail = { percent, campaign: last.campaign }
    return id
  })
}

/** @throws ApiError 403, 404, 409 or 422 */
async function replace(
  request: FastifyRequest<{ Params: { id: string }; Body: z.infer<typeof newReplacement> }>,
  { keys }: ApiDeps,
): Promise<void> {
  const { household, reason } = request.body
  await request.db.transaction(async (tx, note) => {
    note.action = 'sample.replace'
    const sample = await findSample(tx, request.params.id)
    note.subject = sample.id
    note.county = sample.county
    mustReach(request, 'obligations:register', sample.county)
    await lockSample(tx, sample.id)
    const offices = await officesUnder(tx, sample.county)
    const { now } = asOfOf(request)
    const answer = await replaceHousehold(tx, {
      ...{ sample, household, reason, offices, keys, now, actor: actorOf(request) },
    })
    if (answer === 'not-drawn')
      throw badField('household', 'bad-household', '这一户没有被抽到,或者已经替换过,请核对编号。')
    if (answer === 'none-left')
      throw new ApiError(409, 'none-left', '同一镇、同一类中没有可以顶上的户了,这一户照实短缺,请写明情况。')
    if (answer !== null) throw new ApiError(409, answer, answer.message)
    note.detail = { reason }
  })
}

async function findSample(tx: Sql, id: string) {
  const sample = await sampleById(tx, id)
  if (!sample) throw notFound('抽样')
  return sample
}

function badField(field: string, code: 'bad-day' | 'bad-household', message: string): ApiError {
  return new ApiError(422, code, message, [{ pointer: `/body/${field}`, message }])
}
