import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { campaign, newCampaign } from '../../contract/api/campaigns.ts'
import { closeCampaign, overrideGate } from '../../services/campaigns/close.ts'
import { readCampaignTemplate } from '../../services/campaigns/template.ts'
import { BadBeginning, type Launch, launchCampaign, launchDetail } from '../../services/campaigns/launch.ts'
import { previewLaunch } from '../../services/campaigns/preview.ts'
import { type Campaign, campaignById, campaigns, lockCampaign } from '../../services/campaigns/store.ts'
import type { Sql } from '../../db/pool.ts'
import { countyOf } from '../people/county.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'
import { mustMatch, tagWith } from '../plugins/version.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import { readTimeline } from './timeline-body.ts'
import { campaignDocuments as documents } from '../../contract/routes/campaigns.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

export function campaignRoutes(app: Routes): void {
  route(app, documents.listCampaigns, async ({ db }) => ({
    items: (await campaigns(db)).map(show),
    nextCursor: null,
  }))

  route(app, documents.startCampaign, handleStartCampaign)

  route(app, documents.previewCampaign, async (request) => {
    const launch = await launchOf(request, request.body)
    const { firstRoundAt, mails, ...preview } = await previewLaunch(
      request.db,
      launch,
      asOfOf(request).now,
    ).catch(refusedBeginning)
    return {
      ...{ county: launch.county, year: launch.year, ...preview, firstRoundAt: isoOrNull(firstRoundAt) },
      mails: mails.map(({ officeName: office, ...mail }) => ({ ...mail, office })),
    }
  })

  route(app, documents.getCampaign, async (request, reply) => {
    const one = await found(request.db, request.params.id)
    if (tagWith(request, reply, one.version, asOfOf(request).now)) return reply.code(304).send(null)
    return show(one)
  })

  route(app, documents.getCampaignTimeline, async (request) =>
    readTimeline(
      request.db,
      (await found(request.db, request.params.id)).id,
      actorOf(request).scope,
      asOfOf(request).now,
    ),
  )

  route(app, documents.actOnCampaign, handleActOnCampaign)
}

const handleStartCampaign: HandlerOf<typeof documents.startCampaign> = async (request, reply) => {
  const launch = await launchOf(request, request.body)
  const { year, county } = launch
  const id = await request.db
    .transaction(async (tx, note) => {
      const started = await launchCampaign(tx, launch, asOfOf(request).now)
      note.subject = started
      note.county = county
      note.detail = launchDetail(launch, asOfOf(request).now)
      return started
    })
    .catch(refusedBeginning)
    .catch(alreadyThere(year))
  return reply
    .code(201)
    .header('location', `/v1/campaigns/${id}`)
    .send(show(await found(request.db, id)))
}

/** What a body asks for, in the actor's county; what nobody else vouches for is done before on the actor's word. */
async function launchOf(
  request: FastifyRequest,
  { year, template, begin, ...body }: z.infer<typeof newCampaign>,
): Promise<Launch> {
  const county = await countyOf(request.db, body.county, '/body/county')
  mustReach(request, 'campaigns:manage', county)
  const { id: by, name: wordOf } = actorOf(request)
  const beginning = { choices: begin, by, wordOf }
  return { county, year, template: await readCampaignTemplate(template), beginning }
}

function refusedBeginning(error: unknown): never {
  if (!(error instanceof BadBeginning)) throw error
  const detail = '已过期的阶段怎样开始,有的选得不对,请按所列的逐项修改。'
  throw new ApiError(
    422,
    'bad-beginning',
    detail,
    error.misfits.map(({ index, field, message }) => ({ pointer: `/body/begin/${index}/${field}`, message })),
  )
}

const handleActOnCampaign: HandlerOf<typeof documents.actOnCampaign> = async (request) => {
  const { id } = request.params
  const { body } = request
  await request.db.transaction(async (tx, note) => {
    note.detail = { action: body.action, ...(body.action === 'close' ? {} : { phase: body.phase }) }
    const one = await lockCampaign(tx, id)
    if (!one) throw notFound('行动')
    note.county = one.county
    mustReach(request, 'campaigns:manage', one.county)
    mustMatch(request, one.version)
    const override = { by: actorOf(request).name, reason: body.reason }
    const done =
      body.action === 'close'
        ? await closeCampaign(tx, one, override, asOfOf(request).now)
        : await overrideGate(tx, one, body.phase, override)
    if (!done) throw new ApiError(409, 'already-closed', '行动或阶段已经结束,不用再处理。')
  })
  return readTimeline(request.db, id, actorOf(request).scope, asOfOf(request).now)
}

async function found(sql: Sql, id: string): Promise<Campaign> {
  const one = await campaignById(sql, id)
  if (!one) throw notFound('行动')
  return one
}

function alreadyThere(year: number) {
  return (error: unknown): never => {
    if ((error as { code?: string }).code === '23505')
      throw new ApiError(409, 'campaign-exists', `${year} 年的行动已经建立,一个县一年只有一个。`)
    throw error
  }
}

function show(c: Campaign): z.infer<typeof campaign> {
  return { ...c, createdAt: iso(c.createdAt), closedAt: isoOrNull(c.closedAt) }
}
