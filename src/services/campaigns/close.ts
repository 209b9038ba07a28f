import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { phaseGate } from './gates.ts'
import { type Campaign, markCampaign } from './store.ts'
import {
  markPhaseClosed,
  type Override,
  overridePhase,
  type PhaseItem,
  type PhaseRow,
  phasesOf,
  unfinishedItems,
} from './phases.ts'

/** A phase that is not closed, with what keeps it from closing; nothing where it has not opened yet. */
export type OpenGate = { phase: PhaseRow; blockers: PhaseItem[] }

/** The phases that are not closed, whose gates are asked before the campaign closes. */
export async function openGates(tx: Sql, campaign: Campaign): Promise<OpenGate[]> {
  const unfinished = await unfinishedItems(tx, campaign.id)
  const open = (await phasesOf(tx, campaign.id)).filter(({ closedAt }) => closedAt === null)
  return open.map((phase) => ({ phase, blockers: phaseGate(phase, unfinished).blockers }))
}

/** What was decided over a gate stands for good: nobody decides it again. */
export class AlreadyOverridden extends Error {
  constructor(readonly phase: PhaseRow) {
    super(`phase ${phase.code} is overridden already`)
  }
}

/**
 * One phase may close over its blockers; its timeline does so when its day is over.
 * @returns false when there is nothing left to override: the phase or the campaign is closed
 * @throws AlreadyOverridden
 */
export async function overrideGate(
  tx: Sql,
  campaign: Campaign,
  code: string,
  override: Override,
): Promise<boolean> {
  const gate = (await openGates(tx, campaign)).find(({ phase }) => phase.code === code)
  if (!gate || campaign.state === 'closed') return false
  if (gate.phase.overriddenBy !== null) throw new AlreadyOverridden(gate.phase)
  await overridePhase(tx, gate.phase, override, gate.blockers.length)
  await tx.query('update campaigns set version = version + 1 where id = $1', [campaign.id])
  return true
}

/**
 * Ends a campaign before its time: phases still open are closed over their blockers, with the reason on each; what was
 * decided over a phase before stands. What offices still owe stays owed and watched.
 * @param override null where nothing is left, which is no override
 * @returns false when it is closed already
 */
export async function closeCampaign(
  tx: Sql,
  campaign: Campaign,
  override: Override | null,
  now: Instant,
): Promise<boolean> {
  if (campaign.state === 'closed') return false
  for (const { phase, blockers } of await openGates(tx, campaign)) {
    if (override && phase.overriddenBy === null) await overridePhase(tx, phase, override, blockers.length)
    await markPhaseClosed(tx, phase, now)
  }
  await markCampaign(tx, campaign.id, 'closed', now)
  return true
}
