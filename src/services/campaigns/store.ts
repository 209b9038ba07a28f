import { beginPhase, type LaunchChoices } from '../../domain/obligation/begin-phase.ts'
import type { CampaignTemplate } from '../../domain/obligation/campaign-template.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import type { Phase } from '../../domain/obligation/vocabulary.ts'
import { newId } from '../../db/ids.ts'
import { CLOSED } from '../obligations/closed-states.ts'
import { poke } from '../watching/pokes.ts'
import { insertRow, insertRows } from '../../db/insert-rows.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { campaigns as campaignTable, obligations, offices, phases } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'

const CAMPAIGN = columns(campaignTable, 'c', [
  ...([
    'id',
    'county',
    'year',
    'title',
    'template',
    'source',
    'comparisons',
    'state',
    'version',
    'createdAt',
    'closedAt',
  ] as const),
])
const PHASE = columns(phases, 'p', [
  ...(['campaign', 'code', 'title', 'opensOn', 'dueOn', 'clause', 'items', 'gate'] as const),
  ...(['openedAt', 'closedAt', 'overriddenBy', 'overrideReason'] as const),
  ...(['overriddenAt', 'overriddenBlockers', 'overrideTold'] as const),
  ...(['begunAs', 'begunWordOf', 'begunBy', 'originalDueOn', 'plannedDueOn'] as const),
  ...(['closedTotal', 'closedDone', 'closedCarried'] as const),
])
export type Campaign = RowsOf<typeof CAMPAIGN>
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

export type CampaignStart = {
  county: string
  year: number
  template: CampaignTemplate
  /** How phases begin that are past by now. Left out, they begin as they stand: for histories that are made. */
  beginning?: LaunchChoices
}

/** Starts a county's year from a template and pokes its timeline. @throws a unique violation when the year exists already. */
export async function startCampaign(tx: Sql, start: CampaignStart, now: Instant): Promise<string> {
  const id = newId('ca')
  const { county, year, template } = start
  await insertRow(tx, campaignTable, {
    ...{ id, county, year, title: `${template.title} ${year}`, template: template.code, createdAt: now },
    ...{ source: template.source, comparisons: template.comparisons },
  })
  await insertRows(tx, phases, plannedPhases(start, now), { constant: { campaign: id } })
  await poke(tx, 'timeline', [id])
  return id
}

/** The phases of a year as they begin today. */
export function plannedPhases({ year, template, beginning }: CampaignStart, now: Instant) {
  return template.phases.map(({ code, title, clause, items, gate, opens, due, plannedDue }, i) => {
    const dueOn = `${year}-${due}`
    return {
      ...{ code, title, clause, items, gate, ordinal: i + 1, opensOn: `${year}-${opens}` },
      plannedDueOn: plannedDue === undefined ? null : `${year}-${plannedDue}`,
      ...beginPhase({ code, dueOn }, beginning, dayOf(now)),
    }
  })
}

export function campaigns(sql: Sql): Promise<Campaign[]> {
  return selectRows(sql, CAMPAIGN, 'from campaigns c order by year desc, county')
}

export function campaignById(sql: Sql, id: string): Promise<Campaign | undefined> {
  return selectRow(sql, CAMPAIGN, 'from campaigns c where id = $1', [id])
}

/** Two wakes of one timeline must not open a phase side by side. */
export function lockCampaign(tx: Sql, id: string): Promise<Campaign | undefined> {
  return selectRow(tx, CAMPAIGN, 'from campaigns c where id = $1 for update', [id])
}

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

export async function markCampaign(
  tx: Sql,
  id: string,
  state: 'open' | 'closed',
  now: Instant,
): Promise<void> {
  await tx.query('update campaigns set state = $2, closed_at = $3, version = version + 1 where id = $1', [
    id,
    state,
    state === 'closed' ? ts(now) : null,
  ])
}

/**
 * How many obligations each phase has, and how many are done, as far as the reader sees them. Of a closed phase: when it
 * closed, as far as rows still tell.
 */
export function phaseCounts(
  sql: Sql,
  campaign: string,
): Promise<{ phase: Phase; total: number; done: number }[]> {
  return rows(
    sql,
    `select p.code as phase,
            count(*) filter (where o.state <> 'cancelled' or o.closed_at > p.closed_at) as total,
            count(*) filter (where o.state = 'accepted' and (p.closed_at is null or o.closed_at <= p.closed_at)) as done
       from phases p join obligations o on o.campaign = p.campaign and o.phase = p.code
      where p.campaign = $1 and (p.closed_at is null or o.created_at <= p.closed_at) group by p.code`,
    [campaign],
  )
}
