import type { SampleEntry } from '../../domain/obligation/sampling.ts'
import { warning } from '../../kinds/warning.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** Outcomes after which a household is covered. */
const COVERING = ['dibao', 'tekun', 'single-person-dibao', 'already-covered']

/**
 * The uncovered households of the key groups: the verified warnings of a campaign whose outcome is no cover. A roster does not exist yet.
 */
export function uncoveredHouseholds(sql: Sql, campaign: string): Promise<SampleEntry[]> {
  return rows(
    sql,
    `select o.id, o.office as town, o.key_group as "group" from obligations o
      where o.campaign = $1 and o.kind = $2 and o.key_group is not null and o.state = 'accepted'
        and coalesce(o.result ->> 'outcome', '') <> all($3)
      order by o.id`,
    [campaign, warning.code, COVERING],
  )
}
