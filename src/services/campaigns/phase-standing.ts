import { type PhaseState, phaseState } from '../../domain/obligation/phase-state.ts'
import type { Scope } from '../../domain/people/permissions.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { groupBy } from '../../domain/grouping.ts'
import { phaseGate } from './gates.ts'
import { campaignById } from './store.ts'
import {
  type KindCount,
  phaseCounts,
  type PhaseItem,
  type PhaseRow,
  phasesOf,
  unfinishedItems,
} from './phases.ts'

/** Where a phase stands. Of a closed one these are the numbers of the instant it closed (ADR 0015). */
export type PhaseStanding = {
  phase: PhaseRow
  state: PhaseState
  total: number
  done: number
  /**
   * What it has, kind by kind, the most first. A phase that is called after one kind may have others too. Nothing of a closed one
   * whose rows no longer tell all that it had.
   */
  kinds: KindCount[]
  /** What keeps it from closing; nothing once it is closed. */
  blockers: PhaseItem[]
  ready: boolean
  /** How many obligations go on after it. */
  carriedOver: number
}

/** Numbers of a closed phase are the county's: who sees less of it gets those of their own offices, as of the closing. */
export async function phaseStandings(
  sql: Sql,
  campaign: string,
  reader: Pick<Scope, 'offices'>,
  now: Instant,
): Promise<PhaseStanding[]> {
  const county = (await campaignById(sql, campaign))?.county
  const seesCounty = county !== undefined && reader.offices.includes(county)
  const unfinished = await unfinishedItems(sql, campaign)
  const counts = groupBy(await phaseCounts(sql, campaign), ({ phase }) => phase)
  return (await phasesOf(sql, campaign)).map((phase) => {
    const kinds = (counts.get(phase.code) ?? []).filter(({ total }) => total > 0)
    const shown = seesCounty ? phase : { ...phase, closedTotal: null, closedDone: null, closedCarried: null }
    return phaseStandingAt(shown, { ...sumOf(kinds), kinds }, unfinished, now)
  })
}

function sumOf(kinds: readonly KindCount[]) {
  const sum = (of: (one: KindCount) => number) => kinds.reduce((all, one) => all + of(one), 0)
  return { total: sum(({ total }) => total), done: sum(({ done }) => done) }
}

type Counted = Pick<PhaseStanding, 'total' | 'done' | 'kinds'>

function phaseStandingAt(
  phase: PhaseRow,
  now: Counted,
  unfinished: readonly PhaseItem[],
  at: Instant,
): PhaseStanding {
  const state = phaseState(phase, at)
  if (state === 'closed') return { phase, state, ready: true, blockers: [], ...closedNumbers(phase, now) }
  const { ready, blockers, carriedOver } = phaseGate(phase, unfinished)
  return { phase, state, ...now, ready, blockers, carriedOver: carriedOver.length }
}

/** A phase that the previous release closed has no numbers of its own; those that rows still tell stand in. */
function closedNumbers(phase: PhaseRow, now: Counted) {
  const total = phase.closedTotal ?? now.total
  const done = phase.closedDone ?? now.done
  const kinds = total === now.total ? now.kinds : []
  return { total, done, kinds, carriedOver: phase.closedCarried ?? total - done }
}
