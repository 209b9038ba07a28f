import { z } from 'zod'
import { campaign, campaignAction, newCampaign, timeline } from '../../contract/api/campaigns.ts'
import { allOf, idParams, problems, secured } from '../../contract/api/common.ts'
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
import type { Routes } from '../http/route-types.ts'

const tags = ['行动']

export function campaignRoutes(app: Routes): void {
  app.get(
    '/campaigns',
    {
      config: { permission: 'campaigns:read' },
      schema: {
        tags,
        operationId: 'listCampaigns',
        summary: '行动清单',
        ...secured,
        response: { 200: allOf(campaign), ...problems },
      },
    },
    async ({ db }) => ({ items: (await campaigns(db)).map(showCampaign), nextCursor: null }),
  )

  app.post(
    '/campaigns',
    {
      config: { permission: 'campaigns:manage' },
      schema: {
        tags,
        operationId: 'startCampaign',
        summary: '按模板建立一年的行动',
        description: '一个县一年一个;各阶段到日子自动开启。',
        ...secured,
        body: newCampaign,
        response: { 201: campaign, ...problems },
      },
    },
    async (request, reply) => {
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
        .send(showCampaign(await existingCampaign(request.db, id)))
    },
  )

  app.get(
    '/campaigns/:id',
    {
      config: { permission: 'campaigns:read' },
      schema: {
        tags,
        operationId: 'getCampaign',
        summary: '一个行动',
        ...secured,
        params: idParams,
        response: { 200: campaign, 304: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const one = await existingCampaign(request.db, request.params.id)
      if (tagWith(request, reply, one.version, asOfOf(request).now)) return reply.code(304).send(null)
      return showCampaign(one)
    },
  )

  app.get(
    '/campaigns/:id/timeline',
    {
      config: { permission: 'campaigns:read' },
      schema: {
        tags,
        operationId: 'getCampaignTimeline',
        summary: '行动走到哪一步',
        description: '各阶段的起止、办结件数,以及还有哪些事项使它不能结束。',
        ...secured,
        params: idParams,
        response: { 200: timeline, ...problems },
      },
    },
    async (request) =>
      readTimeline(
        request.db,
        (await existingCampaign(request.db, request.params.id)).id,
        asOfOf(request).now,
      ),
  )

  app.post(
    '/campaigns/:id/actions',
    {
      config: { permission: 'campaigns:manage' },
      schema: {
        tags,
        operationId: 'actOnCampaign',
        summary: '说明理由放行一个阶段,或结束行动',
        description: '须写明理由,记录在案。',
        ...secured,
        params: idParams,
        body: campaignAction,
        response: { 200: timeline, ...problems },
      },
    },
    async (request) => {
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
    },
  )
}

async function existingCampaign(sql: Sql, id: string): Promise<Campaign> {
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

function showCampaign(c: Campaign): z.infer<typeof campaign> {
  return { ...c, createdAt: iso(c.createdAt), closedAt: isoOrNull(c.closedAt) }
}
