import type { z } from 'zod'
import type { timeline } from '../../contract/api/campaigns.ts'
import { phaseCounts, phasesOf, unfinishedItems } from '../../services/campaigns/store.ts'
import type { Sql } from '../../db/pool.ts'
import type { Instant } from '../../domain/time/days.ts'
import { phaseGate } from '../../services/campaigns/gates.ts'
import { phaseState } from '../../domain/obligation/phase-state.ts'

/** How many blockers are shown; `blockerCount` has the total. */
const BLOCKERS_SHOWN = 100

/** Where a campaign stands: each phase, and what keeps it from closing. */
export async function readTimeline(
  sql: Sql,
  campaignId: string,
  now: Instant,
): Promise<z.infer<typeof timeline>> {
  const unfinished = await unfinishedItems(sql, campaignId)
  const counts = new Map((await phaseCounts(sql, campaignId)).map((c) => [c.phase, c]))
  const phases = (await phasesOf(sql, campaignId)).map((p) => {
    const { ready, blockers, carriedOver } = phaseGate(p, unfinished)
    const { code, title, clause, opensOn, dueOn, overriddenBy, overrideReason } = p
    const { total = 0, done = 0 } = counts.get(code) ?? {}
    const shown = blockers.slice(0, BLOCKERS_SHOWN)
    return {
      ...{ code, title, clause, opensOn, dueOn, total, done },
      state: phaseState(p, now),
      gate: { ready, blockers: shown, blockerCount: blockers.length, carriedOver: carriedOver.length },
      ...{ begunAs: p.begunAs, wordOf: p.begunWordOf, originalDueOn: p.originalDueOn },
      override: overriddenBy === null ? null : { by: overriddenBy, reason: overrideReason ?? '' },
    }
  })
  return { campaignId, phases }
}
