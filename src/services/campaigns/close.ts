import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { type Campaign, markCampaign, markPhaseClosed, overridePhase, phasesOf } from './store.ts'

/** Who decided over an open gate, and why: on record with the phase (R15). */
export type Override = { by: string; reason: string }

/**
 * One phase may close over its blockers; its timeline does so when its day is over.
 * @returns false when there is nothing left to override: the phase or the campaign is closed
 */
export async function overrideGate(
  tx: Sql,
  campaign: Campaign,
  code: string,
  override: Override,
): Promise<boolean> {
  const phase = (await phasesOf(tx, campaign.id)).find((p) => p.code === code)
  if (!phase || phase.closedAt !== null || campaign.state === 'closed') return false
  await overridePhase(tx, phase, override)
  await tx.query('update campaigns set version = version + 1 where id = $1', [campaign.id])
  return true
}

/**
 * Ends a campaign before its time: phases still open are closed over their blockers, with the reason on each. What offices
 * still owe stays owed and watched. @returns false when it is closed already
 */
export async function closeCampaign(
  tx: Sql,
  campaign: Campaign,
  override: Override,
  now: Instant,
): Promise<boolean> {
  if (campaign.state === 'closed') return false
  for (const phase of await phasesOf(tx, campaign.id)) {
    if (phase.closedAt !== null) continue
    await overridePhase(tx, phase, override)
    await markPhaseClosed(tx, phase, now)
  }
  await markCampaign(tx, campaign.id, 'closed', now)
  return true
}
