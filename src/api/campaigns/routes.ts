import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { campaign, newCampaign } from '../../contract/api/campaigns.ts'
import { closeCampaign, overrideGate } from '../../services/campaigns/close.ts'
import { choosePlan, type PlanChoice } from '../../services/campaigns/chosen-plan.ts'
import { type Launch, launchCampaign, launchDetail } from '../../services/campaigns/launch.ts'
import { previewLaunch } from '../../services/campaigns/preview.ts'
import { type Campaign, campaignById, campaigns, lockCampaign } from '../../services/campaigns/store.ts'
import { type Override, phasesOf } from '../../services/campaigns/phases.ts'
import { shippedTemplateText, templateTextOf } from '../../services/campaigns/template.ts'
import type { Sql } from '../../db/pool.ts'
import { countyOf } from '../people/county.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'
import { mustBeUnchanged, tagWith } from '../plugins/version.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import { mustBeReady, mustLead, refuseSecondOverride } from './blocked-close.ts'
import { handleMovePhase } from './move-phase.ts'
import { refuseSecondCampaign, badPlan, refuseBeginning, refuseTemplate } from './refused-plan.ts'
import { readTimeline } from './timeline-body.ts'
import { campaignDocuments as documents } from '../../contract/routes/campaigns.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

type NewCampaign = z.infer<typeof newCampaign>

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
    ).catch(refuseBeginning)
    return {
      ...{ county: launch.county, year: launch.year, ...preview, firstRoundAt: isoOrNull(firstRoundAt) },
      moved: [...preview.moved],
      mails: mails.map(({ officeName: office, ...mail }) => ({ ...mail, office })),
    }
  })

  route(app, documents.getShippedPlan, async () => ({ text: await shippedTemplateText('safety-net-2022') }))

  route(app, documents.getCampaignPlan, async ({ db, params }) => {
    const one = await found(db, params.id)
    return { text: templateTextOf(one, await phasesOf(db, one.id)) }
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

  route(app, documents.movePhase, handleMovePhase)
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
    .catch(refuseBeginning)
    .catch(refuseSecondCampaign(year))
  return reply
    .code(201)
    .header('location', `/v1/campaigns/${id}`)
    .send(show(await found(request.db, id)))
}

/** What a body asks for, in the actor's county; what nobody else vouches for is done before on the actor's word. */
async function launchOf(
  request: FastifyRequest,
  { year, begin, ...body }: z.infer<typeof newCampaign>,
): Promise<Launch> {
  const county = await countyOf(request.db, body.county, '/body/county')
  mustReach(request, 'campaigns:manage', county)
  const { id: by, name: wordOf } = actorOf(request)
  const beginning = { choices: begin, by, wordOf }
  const plan = await choosePlan(request.db, { county, year }, choiceOf(body)).catch(refuseTemplate)
  if (plan === null) throw badPlan('copyOf', '本县没有这个行动,请核对它的编号')
  return { county, year, ...plan, beginning }
}

/** @throws ApiError for two plans at once */
function choiceOf({
  template,
  templateText,
  copyOf,
}: Pick<NewCampaign, 'template' | 'templateText' | 'copyOf'>): PlanChoice {
  if (templateText !== undefined && copyOf !== undefined)
    throw badPlan('copyOf', 'templateText 和 copyOf 只写一个')
  if (copyOf !== undefined) return { copyOf }
  return templateText === undefined ? { name: template } : { text: templateText }
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
    if (body.reason !== undefined) mustLead(request, one.county)
    await mustBeUnchanged(tx, request, one.version, { kind: 'campaign', about: id })
    const { now: at } = asOfOf(request)
    const done =
      body.action === 'close'
        ? await closeCampaign(tx, one, await closingOverride(tx, request, one, body.reason), at)
        : await overrideGate(tx, one, body.phase, {
            by: actorOf(request).name,
            reason: body.reason,
            at,
          }).catch(refuseSecondOverride)
    if (!done) throw new ApiError(409, 'already-closed', '行动或阶段已经结束,不用再处理。')
  })
  return readTimeline(request.db, id, actorOf(request).scope, asOfOf(request).now)
}

/**
 * Whoever gives a reason overrides what is left; without one nothing may be left, which only who reads the work can tell.
 * @throws ApiError 409, or 403 to who does not read it
 */
async function closingOverride(
  tx: Sql,
  request: FastifyRequest,
  campaign: Campaign,
  reason: string | undefined,
): Promise<Override | null> {
  if (reason !== undefined) return { by: actorOf(request).name, reason, at: asOfOf(request).now }
  mustReach(request, 'obligations:read', campaign.county)
  await mustBeReady(tx, campaign)
  return null
}

async function found(sql: Sql, id: string): Promise<Campaign> {
  const one = await campaignById(sql, id)
  if (!one) throw notFound('行动')
  return one
}

function show(c: Campaign): z.infer<typeof campaign> {
  return { ...c, createdAt: iso(c.createdAt), closedAt: isoOrNull(c.closedAt) }
}
