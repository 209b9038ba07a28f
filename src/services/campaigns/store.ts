import type { CampaignTemplate, TemplateItem } from '../../domain/obligation/campaign-template.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import type { Kind, Phase, State } from '../../domain/obligation/vocabulary.ts'
import { newId } from '../../db/ids.ts'
import { poke } from '../watching/pokes.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'

export type Campaign = {
  id: string
  county: string
  year: number
  title: string
  template: string
  state: 'open' | 'closed'
  version: number
  createdAt: Instant
  closedAt: Instant | null
}
export type PhaseRow = {
  campaign: string
  code: Phase
  title: string
  opensOn: Day
  dueOn: Day
  clause: string
  items: TemplateItem[]
  openedAt: Instant | null
  closedAt: Instant | null
  overriddenBy: string | null
  overrideReason: string | null
}
export type PhaseItem = {
  id: string
  title: string
  state: State
  dueOn: Day
  kind: Kind
  phase: Phase
  office: string
}

const CAMPAIGN = `id, county, year, title, template, state, version, created_at as "createdAt", closed_at as "closedAt"`
const PHASE = `campaign, code, title, opens_on as "opensOn", due_on as "dueOn", clause, items, opened_at as "openedAt",
  closed_at as "closedAt", overridden_by as "overriddenBy", override_reason as "overrideReason"`

/** Starts a county's year from a template and pokes its timeline. @throws a unique violation when the year exists already. */
export async function startCampaign(
  tx: Sql,
  start: { county: string; year: number; template: CampaignTemplate },
  now: Instant,
): Promise<string> {
  const id = newId('ca')
  const { county, year, template } = start
  await tx.query(
    'insert into campaigns (id, county, year, title, template, created_at) values ($1, $2, $3, $4, $5, $6)',
    [id, county, year, `${template.title} ${year}`, template.code, ts(now)],
  )
  await tx.query(
    `insert into phases (campaign, ordinal, code, title, opens_on, due_on, clause, items)
     select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::date[], $6::date[], $7::text[], $8::jsonb[])`,
    [
      id,
      template.phases.map((_, i) => i + 1),
      template.phases.map((p) => p.code),
      template.phases.map((p) => p.title),
      template.phases.map((p) => `${year}-${p.opens}`),
      template.phases.map((p) => `${year}-${p.due}`),
      template.phases.map((p) => p.clause),
      template.phases.map((p) => JSON.stringify(p.items)),
    ],
  )
  await poke(tx, 'timeline', [id])
  return id
}

export function campaigns(sql: Sql): Promise<Campaign[]> {
  return rows(sql, `select ${CAMPAIGN} from campaigns order by year desc, county`)
}

export function campaignById(sql: Sql, id: string): Promise<Campaign | undefined> {
  return row(sql, `select ${CAMPAIGN} from campaigns where id = $1`, [id])
}

/** Two wakes of one timeline must not open a phase side by side. */
export function lockCampaign(tx: Sql, id: string): Promise<Campaign | undefined> {
  return row(tx, `select ${CAMPAIGN} from campaigns where id = $1 for update`, [id])
}

export function phasesOf(sql: Sql, campaign: string): Promise<PhaseRow[]> {
  return rows(sql, `select ${PHASE} from phases where campaign = $1 order by ordinal`, [campaign])
}

/** The obligations a gate looks at: what is still open in one phase, or (zero-out waits for all) in the campaign. */
export function unfinishedItems(sql: Sql, campaign: string): Promise<PhaseItem[]> {
  return rows(
    sql,
    `select o.id, o.title, o.state, o.due_on as "dueOn", o.kind, o.phase, f.name as office
       from obligations o join offices f on f.code = o.office
      where o.campaign = $1 and o.state not in ('accepted','cancelled') order by o.due_at, o.id`,
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

export async function markPhaseClosed(
  tx: Sql,
  phase: { campaign: string; code: string },
  now: Instant,
): Promise<void> {
  await tx.query('update phases set closed_at = $3 where campaign = $1 and code = $2 and closed_at is null', [
    phase.campaign,
    phase.code,
    ts(now),
  ])
}

/** A leader lets a phase close over its blockers, with a reason on record (R15). */
export async function overridePhase(
  tx: Sql,
  phase: { campaign: string; code: string },
  override: { by: string; reason: string },
): Promise<void> {
  await tx.query(
    'update phases set overridden_by = $3, override_reason = $4 where campaign = $1 and code = $2',
    [phase.campaign, phase.code, override.by, override.reason],
  )
  await poke(tx, 'timeline', [phase.campaign])
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

/** How many obligations each phase has, and how many of them are done. */
export function phaseCounts(
  sql: Sql,
  campaign: string,
): Promise<{ phase: Phase; total: number; done: number }[]> {
  return rows(
    sql,
    `select phase, count(*) filter (where state <> 'cancelled') as total, count(*) filter (where state = 'accepted') as done
       from obligations where campaign = $1 and phase is not null group by phase`,
    [campaign],
  )
}
