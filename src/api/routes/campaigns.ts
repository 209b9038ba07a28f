import { z } from 'zod'
import { campaign, campaignAction, newCampaign, timeline } from '../../contract/api/campaigns.ts'
import { allOf, idParams, problems, secured } from '../../contract/api/common.ts'
import { closeCampaign, overrideGate } from '../../db/campaign-actions.ts'
import { readCampaignTemplate } from '../../db/campaign-template.ts'
import {
  type Campaign,
  campaignById,
  campaigns,
  lockCampaign,
  phaseCounts,
  phasesOf,
  startCampaign,
  unfinishedItems,
} from '../../db/campaign-store.ts'
import { now as businessNow } from '../../db/clock-store.ts'
import { counties } from '../../db/office-store.ts'
import { poke } from '../../db/poke-store.ts'
import { inTransaction, type Pool } from '../../db/pool.ts'
import { gate } from '../../domain/gates.ts'
import { phaseState } from '../../domain/phase-state.ts'
import type { ApiDeps } from '../deps.ts'
import { ApiError, notFound } from '../errors.ts'
import { mustMatch, tagWith } from '../plugins/version.ts'
import { iso, isoOrNull } from '../present.ts'
import type { Routes } from './types.ts'

const tags = ['行动']
/** As many blockers as a page can show; `blockerCount` says how many there are. */
const BLOCKERS_SHOWN = 100

export function campaignRoutes(app: Routes, { pool }: ApiDeps): void {
  app.get(
    '/campaigns',
    { schema: { tags, ...secured, response: { 200: allOf(campaign), ...problems } } },
    async () => ({ items: (await campaigns(pool)).map(show), nextCursor: null }),
  )

  app.post(
    '/campaigns',
    { schema: { tags, ...secured, body: newCampaign, response: { 201: campaign, ...problems } } },
    async (request, reply) => {
      const { year, template } = request.body
      const county = await countyOf(pool, request.body.county)
      const plan = await readCampaignTemplate(template)
      const id = await inTransaction(pool, async (tx) => {
        const started = await startCampaign(tx, { county, year, template: plan }, await businessNow(tx))
        await poke(tx, 'courier', [county])
        return started
      }).catch(alreadyThere(year))
      return reply
        .code(201)
        .header('location', `/v1/campaigns/${id}`)
        .send(show(await found(pool, id)))
    },
  )

  app.get(
    '/campaigns/:id',
    {
      schema: { tags, ...secured, params: idParams, response: { 200: campaign, 304: z.null(), ...problems } },
    },
    async (request, reply) => {
      const one = await found(pool, request.params.id)
      if (tagWith(request, reply, one.version, await businessNow(pool))) return reply.code(304).send(null)
      return show(one)
    },
  )

  app.get(
    '/campaigns/:id/timeline',
    { schema: { tags, ...secured, params: idParams, response: { 200: timeline, ...problems } } },
    async (request) => readTimeline(pool, (await found(pool, request.params.id)).id),
  )

  app.post(
    '/campaigns/:id/actions',
    {
      schema: {
        tags,
        ...secured,
        params: idParams,
        body: campaignAction,
        response: { 200: timeline, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const { body } = request
      await inTransaction(pool, async (tx) => {
        const one = await lockCampaign(tx, id)
        if (!one) throw notFound('行动')
        mustMatch(request, one.version)
        const override = { by: request.actor, reason: body.reason }
        const done =
          body.action === 'close'
            ? await closeCampaign(tx, one, override, await businessNow(tx))
            : await overrideGate(tx, one, body.phase, override)
        if (!done) throw new ApiError(409, 'already-closed', '行动或阶段已经结束,不用再处理。')
      })
      return readTimeline(pool, id)
    },
  )
}

async function found(pool: Pool, id: string): Promise<Campaign> {
  const one = await campaignById(pool, id)
  if (!one) throw notFound('行动')
  return one
}

/** @throws ApiError when it has to be named, or is no county here */
export async function countyOf(pool: Pool, asked: string | undefined): Promise<string> {
  const all = await counties(pool)
  const chosen = asked === undefined && all.length === 1 ? all[0] : all.find((c) => c.office === asked)
  if (!chosen)
    throw new ApiError(422, 'unknown-county', '请用 county 写明县局的单位代码(见 GET /v1/offices)。', [
      { pointer: '/body/county', message: '不是本系统中的县局' },
    ])
  return chosen.office
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

async function readTimeline(pool: Pool, campaignId: string): Promise<z.infer<typeof timeline>> {
  const now = await businessNow(pool)
  const unfinished = await unfinishedItems(pool, campaignId)
  const counts = new Map((await phaseCounts(pool, campaignId)).map((c) => [c.phase, c]))
  const phases = (await phasesOf(pool, campaignId)).map((p) => {
    const { ready, blockers, carriedOver } = gate(p.code, unfinished, p.dueOn)
    const { code, title, clause, opensOn, dueOn, overriddenBy, overrideReason } = p
    const { total = 0, done = 0 } = counts.get(code) ?? {}
    const shown = blockers.slice(0, BLOCKERS_SHOWN)
    return {
      ...{ code, title, clause, opensOn, dueOn, total, done },
      state: phaseState(p, now),
      gate: { ready, blockers: shown, blockerCount: blockers.length, carriedOver: carriedOver.length },
      override: overriddenBy === null ? null : { by: overriddenBy, reason: overrideReason ?? '' },
    }
  })
  return { campaignId, phases }
}
