import { beginPhase, type LaunchChoices } from '../../domain/obligation/begin-phase.ts'
import type { CampaignTemplate } from '../../domain/obligation/campaign-template.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { poke } from '../watching/pokes.ts'
import { insertRow, insertRows } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { campaigns as campaignTable, phases } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'

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
export type Campaign = RowsOf<typeof CAMPAIGN>

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
