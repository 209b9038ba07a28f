import type { z } from 'zod'
import type { campaign } from '../../contract/api/campaigns.ts'
import { closeCampaign, overrideGate } from '../../services/campaigns/close.ts'
import { readCampaignTemplate } from '../../services/campaigns/template.ts'
import {
  type Campaign,
  campaignById,
  campaigns,
  lockCampaign,
  startCampaign,
} from '../../services/campaigns/store.ts'
import { poke } from '../../services/watching/pokes.ts'
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

  route(app, documents.getCampaign, async (request, reply) => {
    const one = await found(request.db, request.params.id)
    if (tagWith(request, reply, one.version, asOfOf(request).now)) return reply.code(304).send(null)
    return show(one)
  })

  route(app, documents.getCampaignTimeline, async (request) =>
    readTimeline(request.db, (await found(request.db, request.params.id)).id, asOfOf(request).now),
  )

  route(app, documents.actOnCampaign, handleActOnCampaign)
}

const handleStartCampaign: HandlerOf<typeof documents.startCampaign> = async (request, reply) => {
  const { year, template } = request.body
  const county = await countyOf(request.db, request.body.county, '/body/county')
  mustReach(request, 'campaigns:manage', county)
  const plan = await readCampaignTemplate(template)
  const id = await request.db
    .transaction(async (tx, note) => {
      const started = await startCampaign(tx, { county, year, template: plan }, asOfOf(request).now)
      await poke(tx, 'courier', [county])
      note.subject = started
      note.county = county
      return started
    })
    .catch(alreadyThere(year))
  return reply
    .code(201)
    .header('location', `/v1/campaigns/${id}`)
    .send(show(await found(request.db, id)))
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
  return readTimeline(request.db, id, asOfOf(request).now)
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
