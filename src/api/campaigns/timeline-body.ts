import type { z } from 'zod'
import type { timeline } from '../../contract/api/campaigns.ts'
import { type PhaseStanding, phaseStandings } from '../../services/campaigns/phase-standing.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import type { Kind } from '../../domain/obligation/vocabulary.ts'
import type { Scope } from '../../domain/people/permissions.ts'
import type { Sql } from '../../db/pool.ts'
import type { Instant } from '../../domain/time/days.ts'

/** How many blockers are shown; `blockerCount` has the total. */
const BLOCKERS_SHOWN = 100

/** Where a campaign stands: each phase, and what keeps it from closing. */
export async function readTimeline(
  sql: Sql,
  campaignId: string,
  reader: Pick<Scope, 'offices'>,
  now: Instant,
): Promise<z.infer<typeof timeline>> {
  return { campaignId, phases: (await phaseStandings(sql, campaignId, reader, now)).map(bodyOf) }
}

function bodyOf({ phase, state, total, done, ready, blockers, carriedOver }: PhaseStanding) {
  const { code, title, clause, opensOn, dueOn, overriddenBy, overrideReason } = phase
  const shown = blockers.slice(0, BLOCKERS_SHOWN)
  return {
    ...{ code, title, clause, opensOn, dueOn, total, done, state },
    gate: {
      ready,
      blockers: shown,
      blockerCount: blockers.length,
      ofOtherPhases: blockers.filter((blocker) => blocker.phase !== code).length,
      byOffice: byOffice(blockers),
      byKind: byKind(blockers),
      carriedOver,
    },
    ...{ begunAs: phase.begunAs, wordOf: phase.begunWordOf, originalDueOn: phase.originalDueOn },
    override: overriddenBy === null ? null : { by: overriddenBy, reason: overrideReason ?? '' },
  }
}

/** What a gate waits for, kind by kind: comparisons, screenings, … */
function byKind(blockers: PhaseStanding['blockers']) {
  const counted = new Map<Kind, number>()
  for (const { kind } of blockers) counted.set(kind, (counted.get(kind) ?? 0) + 1)
  return [...counted]
    .map(([kind, count]) => ({ kind, label: KIND_LABELS[kind], count }))
    .sort((a, b) => b.count - a.count)
}

/** Which offices a gate waits for, the one with the most first. */
function byOffice(blockers: PhaseStanding['blockers']) {
  const counted = new Map<string, { office: { code: string; name: string }; count: number }>()
  for (const { officeCode: code, office: name } of blockers) {
    const known = counted.get(code)
    counted.set(code, { office: { code, name }, count: (known?.count ?? 0) + 1 })
  }
  return [...counted.values()].sort((a, b) => b.count - a.count)
}
