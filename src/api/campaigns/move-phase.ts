import type { z } from 'zod'
import { dayOf } from '../../domain/time/days.ts'
import type { phaseMoved } from '../../contract/api/phase-moves.ts'
import type { campaignDocuments } from '../../contract/routes/campaigns.ts'
import { movePhase, movesOf, type PhaseMove } from '../../services/campaigns/move-phase.ts'
import { type Campaign, lockCampaign } from '../../services/campaigns/store.ts'
import { type PhaseRow, phasesOf } from '../../services/campaigns/phases.ts'
import { ApiError, notFound } from '../http/errors.ts'
import type { HandlerOf } from '../http/route.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'
import { mustBeUnchanged } from '../plugins/version.ts'

const STAYS = { 'handed-in': '已报送过,期限不变', postponed: '有暂停或延期,期限不变' } as const

/** What moving the day of a phase moves; done only where the body says that it is no dry run. */
export const handleMovePhase: HandlerOf<typeof campaignDocuments.movePhase> = async (request) => {
  const { id, phase: code } = request.params
  const { dueOn, dryRun } = request.body
  const { now } = asOfOf(request)
  return request.db.transaction(async (tx, note) => {
    note.action = dryRun ? 'campaign.preview-move' : 'campaign.move-phase'
    const campaign = await lockCampaign(tx, id)
    if (!campaign) throw notFound('行动')
    note.county = campaign.county
    note.subject = id
    mustReach(request, 'campaigns:manage', campaign.county)
    await mustBeUnchanged(tx, request, campaign.version, { kind: 'campaign', about: campaign.id })
    const phase = (await phasesOf(tx, id)).find((one) => one.code === code)
    if (!phase) throw notFound('阶段')
    mustMove(campaign, phase, { dueOn, today: dayOf(now) })
    const order = { campaign, phase, dueOn, actor: actorOf(request).id, now }
    const moves = dryRun ? await movesOf(tx, campaign, phase) : await movePhase(tx, order)
    note.detail = { phase: code, from: phase.dueOn, to: dueOn, moved: moves.filter(isMoved).length }
    return bodyOf(phase, { dueOn, dryRun }, moves)
  })
}

/** @throws ApiError for what is closed, and for a day that cannot be */
function mustMove(
  campaign: Campaign,
  phase: PhaseRow,
  { dueOn, today }: { dueOn: string; today: string },
): void {
  if (campaign.state === 'closed' || phase.closedAt !== null)
    throw new ApiError(409, 'already-closed', '行动或阶段已经结束,不能再改日期。')
  const last = `${campaign.year}-12-31`
  const message =
    dueOn === phase.dueOn
      ? `就是现在的日期 ${dueOn},不用改`
      : dueOn < today
        ? `早于今天 ${today},请改成今天或以后的日期`
        : dueOn < phase.opensOn
          ? `早于这个阶段的开始日 ${phase.opensOn}`
          : dueOn > last
            ? `晚于当年的最后一天 ${last}`
            : null
  if (message !== null)
    throw new ApiError(422, 'bad-day', `${message}。`, [{ pointer: '/body/dueOn', message }])
}

function isMoved({ stays }: PhaseMove): boolean {
  return stays === null
}

function bodyOf(
  phase: PhaseRow,
  { dueOn, dryRun }: { dueOn: string; dryRun: boolean },
  moves: readonly PhaseMove[],
): z.infer<typeof phaseMoved> {
  return {
    ...{ phase: phase.code, title: phase.title, from: phase.dueOn, to: dueOn, dryRun },
    moved: moves.filter(isMoved).map(({ id, title, officeName: office }) => ({ id, title, office })),
    stays: moves.flatMap(({ id, title, officeName: office, dueOn: day, stays }) =>
      stays === null ? [] : [{ id, title, office, dueOn: day, code: stays, why: STAYS[stays] }],
    ),
  }
}
