import { endOfDay, instantAt, type Instant } from '../domain/time/days.ts'
import { phaseGate } from '../services/campaigns/gates.ts'
import type { TimelineAnswer } from '../contract/workflows.ts'
import { lockCampaign, markCampaign } from '../services/campaigns/store.ts'
import {
  markPhaseClosed,
  markPhaseOpened,
  type PhaseItem,
  type PhaseRow,
  phasesOf,
  unfinishedItems,
} from '../services/campaigns/phases.ts'
import { tellOverrides } from '../services/campaigns/tell-overrides.ts'
import type { Sql } from '../db/pool.ts'
import type { BaseDeps } from '../services/deps.ts'
import { registerPhaseItems } from '../services/campaigns/phase-items.ts'
import { tick } from './tick.ts'

export type TimelineActivities = ReturnType<typeof createTimelineActivities>

export function createTimelineActivities(deps: BaseDeps) {
  return {
    /**
     * Opens the phases whose day has come, closes those whose gate allows it, and ends with the campaign
     * (R12–R15).
     */
    async tickTimeline(campaignId: string, poke: number): Promise<TimelineAnswer> {
      return tick(deps, { kind: 'timeline', subject: campaignId }, poke, (tx, { now }) =>
        movePhases(tx, campaignId, { now, wallNow: deps.wallNow() }),
      )
    },
  }
}

async function movePhases(tx: Sql, id: string, at: { now: Instant; wallNow: Instant }) {
  const { now } = at
  const campaign = await lockCampaign(tx, id)
  if (campaign) await tellOverrides(tx, campaign, now)
  if (!campaign || campaign.state === 'closed')
    return { next: { wakeAt: null, done: true }, extra: { phases: [] } }
  for (const phase of await phasesOf(tx, id)) {
    if (phase.openedAt !== null || now < opensAt(phase)) continue
    await registerPhaseItems(tx, campaign, phase, at)
    await markPhaseOpened(tx, phase, now)
  }
  const unfinished = await unfinishedItems(tx, id)
  const stands = []
  for (const phase of await phasesOf(tx, id)) stands.push(await closeIfReady(tx, phase, unfinished, now))
  const done = stands.every((s) => s.state === 'closed')
  if (done) await markCampaign(tx, id, 'closed', now)
  return {
    next: { wakeAt: done ? null : nextWake(await phasesOf(tx, id), now), done },
    extra: { phases: stands },
  }
}

/** A phase opens at 00:00 of its day. */
function opensAt(phase: PhaseRow): Instant {
  return instantAt(phase.opensOn, '00:00')
}

async function closeIfReady(tx: Sql, phase: PhaseRow, unfinished: PhaseItem[], now: Instant) {
  if (phase.openedAt === null) return { code: phase.code, state: 'planned' as const, blockers: 0 }
  if (phase.closedAt !== null) return { code: phase.code, state: 'closed' as const, blockers: 0 }
  const { ready, blockers } = phaseGate(phase, unfinished)
  if (now < endOfDay(phase.dueOn))
    return { code: phase.code, state: 'open' as const, blockers: blockers.length }
  if (!ready && phase.overriddenBy === null)
    return { code: phase.code, state: 'overdue' as const, blockers: blockers.length }
  await markPhaseClosed(tx, phase, now)
  return { code: phase.code, state: 'closed' as const, blockers: 0 }
}

/** The next opening or due day. A phase past its due day is poked by the last item that ends. */
function nextWake(phases: PhaseRow[], now: Instant): Instant | null {
  const ahead = phases
    .flatMap((p) => (p.openedAt === null ? [opensAt(p)] : p.closedAt === null ? [endOfDay(p.dueOn)] : []))
    .filter((at) => at > now)
  return ahead.length === 0 ? null : Math.min(...ahead)
}
