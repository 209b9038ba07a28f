import { NOT_TO_BE_CHECKED } from '../../domain/obligation/outcomes.ts'
import type { SampleEntry } from '../../domain/obligation/sampling.ts'
import { warning } from '../../kinds/warning.ts'
import { row, rows, type Sql } from '../../db/pool.ts'

/** Whom a sample is drawn from: the households by their ids on the roster, or by their warnings. */
export type Population = { from: 'roster' | 'warnings'; households: SampleEntry[] }

/**
 * The uncovered households of the key groups: those of the county's roster; where it has none, of the campaign's verified warnings
 * those whose household is not covered and still there.
 */
export async function uncoveredHouseholds(
  sql: Sql,
  { county, campaign }: { county: string; campaign: string },
): Promise<Population> {
  if (await hasRoster(sql, county)) return { from: 'roster', households: await ofRoster(sql, county) }
  return { from: 'warnings', households: await ofWarnings(sql, campaign) }
}

async function hasRoster(sql: Sql, county: string): Promise<boolean> {
  const any =
    'select from roster_households where county = $1 and removed_at is null and anonymised_wall is null limit 1'
  return (await row(sql, any, [county])) !== undefined
}

function ofRoster(sql: Sql, county: string): Promise<SampleEntry[]> {
  return rows(
    sql,
    `select h.id, h.office as town, h.key_group as "group" from roster_households h
      where h.county = $1 and h.cover = 'none' and h.removed_at is null and h.anonymised_wall is null
      order by h.id`,
    [county],
  )
}

function ofWarnings(sql: Sql, campaign: string): Promise<SampleEntry[]> {
  return rows(
    sql,
    `select o.id, o.office as town, o.key_group as "group" from obligations o
      where o.campaign = $1 and o.kind = $2 and o.key_group is not null and o.state = 'accepted'
        and coalesce(o.result ->> 'outcome', '') <> all($3)
      order by o.id`,
    [campaign, warning.code, NOT_TO_BE_CHECKED],
  )
}
