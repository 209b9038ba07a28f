import type { z } from 'zod'
import type { timeline } from '../../contract/api/campaigns.ts'
import { type PhaseStanding, phaseStandings } from '../../services/campaigns/phase-standing.ts'
import { type BlockerHeld, holdersOfBlockers } from '../../services/campaigns/blocker-holders.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import type { Kind } from '../../domain/obligation/vocabulary.ts'
import type { Scope } from '../../domain/people/permissions.ts'
import type { Sql } from '../../db/pool.ts'
import type { Instant } from '../../domain/time/days.ts'
import { isoOrNull } from '../obligations/present.ts'

/** How many blockers are shown; `blockerCount` has the total. */
const BLOCKERS_SHOWN = 100

/** Where a campaign stands: each phase, and what keeps it from closing. */
export async function readTimeline(
  sql: Sql,
  campaignId: string,
  reader: Pick<Scope, 'offices'>,
  now: Instant,
): Promise<z.infer<typeof timeline>> {
  const standings = await phaseStandings(sql, campaignId, reader, now)
  const shown = standings.flatMap(({ blockers }) => blockers.slice(0, BLOCKERS_SHOWN))
  const held = await holdersOfBlockers(sql, shown)
  return { campaignId, phases: standings.map((standing) => bodyOf(standing, held)) }
}

function bodyOf(
  { phase, state, total, done, kinds, ready, blockers, carriedOver }: PhaseStanding,
  held: ReadonlyMap<string, BlockerHeld>,
) {
  const { code, title, clause, opensOn, dueOn, overriddenBy } = phase
  const shown = blockers.slice(0, BLOCKERS_SHOWN)
  return {
    ...{ code, title, clause, opensOn, dueOn, total, done, state },
    kinds: kinds.map((one) => ({ kind: one.kind, label: KIND_LABELS[one.kind], count: one.total })),
    gate: {
      ready,
      blockers: shown.map(({ id, title, office, dueOn, state: now }) => ({
        ...{ id, title, office, dueOn, state: now },
        ...(held.get(id) ?? { holder: null, told: [] }),
      })),
      blockerCount: blockers.length,
      ofOtherPhases: blockers.filter((blocker) => blocker.phase !== code).length,
      byOffice: byOffice(blockers),
      byKind: byKind(blockers),
      carriedOver,
    },
    ...{ begunAs: phase.begunAs, wordOf: phase.begunWordOf, originalDueOn: phase.originalDueOn },
    override: overriddenBy === null ? null : overrideOf(phase, overriddenBy),
  }
}

function overrideOf(
  { overrideReason, overriddenAt, overriddenBlockers, overrideTold }: PhaseStanding['phase'],
  by: string,
) {
  return {
    ...{ by, reason: overrideReason ?? '', at: isoOrNull(overriddenAt), blockers: overriddenBlockers },
    told: overrideTold?.map(({ name }) => name) ?? null,
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
