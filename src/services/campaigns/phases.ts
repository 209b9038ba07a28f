import type { Instant } from '../../domain/time/days.ts'
import type { Kind, Phase } from '../../domain/obligation/vocabulary.ts'
import { CLOSED } from '../obligations/closed-states.ts'
import { poke } from '../watching/pokes.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { obligations, offices, phases } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, type RowsOf, selectRows } from '../../db/select-columns.ts'

const PHASE = columns(phases, 'p', [
  ...(['campaign', 'code', 'title', 'opensOn', 'dueOn', 'clause', 'items', 'gate'] as const),
  ...(['openedAt', 'closedAt', 'overriddenBy', 'overrideReason'] as const),
  ...(['overriddenAt', 'overriddenBlockers', 'overrideTold'] as const),
  ...(['begunAs', 'begunWordOf', 'begunBy', 'originalDueOn', 'plannedDueOn'] as const),
  ...(['closedTotal', 'closedDone', 'closedCarried'] as const),
])
export type PhaseRow = RowsOf<typeof PHASE>

const PHASE_ITEM = allOf(
  columns(obligations, 'o', [
    'id',
    'title',
    'state',
    'dueOn',
    'kind',
    'phase',
    'holderOffice',
    'holderPerson',
  ]),
  columnsAs(offices, 'f', { office: 'name', officeCode: 'code' }),
)
export type PhaseItem = RowsOf<typeof PHASE_ITEM>

export function phasesOf(sql: Sql, campaign: string): Promise<PhaseRow[]> {
  return selectRows(sql, PHASE, 'from phases p where campaign = $1 order by ordinal', [campaign])
}

/** The obligations a gate looks at: what is still open in the campaign. */
export function unfinishedItems(sql: Sql, campaign: string): Promise<PhaseItem[]> {
  return selectRows(
    sql,
    PHASE_ITEM,
    `from obligations o join offices f on f.code = o.office
      where o.campaign = $1 and o.state not in (${CLOSED}) order by o.due_at, o.id`,
    [campaign],
  )
}

export async function markPhaseOpened(tx: Sql, phase: PhaseRow, now: Instant): Promise<void> {
  await tx.query('update phases set opened_at = $3 where campaign = $1 and code = $2 and opened_at is null', [
    phase.campaign,
    phase.code,
    ts(now),
  ])
}

/**
 * Closes a phase and keeps what it has come to: its numbers stand still from now on (ADR 0015). Whatever of its own is not done
 * goes on after it.
 */
export async function markPhaseClosed(
  tx: Sql,
  phase: { campaign: string; code: string },
  now: Instant,
): Promise<void> {
  await tx.query(
    `update phases set closed_at = $3, (closed_total, closed_done, closed_carried) = (
       select count(*) filter (where state <> 'cancelled'), count(*) filter (where state = 'accepted'),
              count(*) filter (where state not in (${CLOSED}))
         from obligations where campaign = $1 and phase = $2)
     where campaign = $1 and code = $2 and closed_at is null`,
    [phase.campaign, phase.code, ts(now)],
  )
}

/** Who decided over an open gate, when, and why (R15). */
export type Override = { by: string; reason: string; at: Instant }

/** A leader lets a phase close over its blockers: on record for good. Its timeline tells whom the policy names. */
export async function overridePhase(
  tx: Sql,
  phase: Pick<PhaseRow, 'campaign' | 'code'>,
  { by, reason, at }: Override,
  blockers: number,
): Promise<void> {
  await tx.query(
    `update phases set overridden_by = $3, override_reason = $4, overridden_at = $5, overridden_blockers = $6
      where campaign = $1 and code = $2`,
    [phase.campaign, phase.code, by, reason, ts(at), blockers],
  )
  await poke(tx, 'timeline', [phase.campaign])
}

/** Who was told of an override; nobody, where the policy names nobody. */
export async function markOverrideTold(
  tx: Sql,
  phase: Pick<PhaseRow, 'campaign' | 'code'>,
  told: NonNullable<PhaseRow['overrideTold']>,
): Promise<void> {
  await tx.query('update phases set override_told = $3 where campaign = $1 and code = $2', [
    phase.campaign,
    phase.code,
    JSON.stringify(told),
  ])
}

/** How many obligations of a kind there are, and how many of them are done. */
export type KindCount = { kind: Kind; total: number; done: number }

/**
 * How many obligations each phase has of each kind, the most first, and how many are done, as far as the reader sees them. Of a
 * closed phase: when it closed, as far as rows still tell.
 */
export function phaseCounts(sql: Sql, campaign: string): Promise<(KindCount & { phase: Phase })[]> {
  return rows(
    sql,
    `select p.code as phase, o.kind,
            count(*) filter (where o.state <> 'cancelled' or o.closed_at > p.closed_at) as total,
            count(*) filter (where o.state = 'accepted' and (p.closed_at is null or o.closed_at <= p.closed_at)) as done
       from phases p join obligations o on o.campaign = p.campaign and o.phase = p.code
      where p.campaign = $1 and (p.closed_at is null or o.created_at <= p.closed_at)
      group by p.code, o.kind order by total desc, o.kind`,
    [campaign],
  )
}
