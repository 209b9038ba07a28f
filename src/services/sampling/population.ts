import { NOT_TO_BE_CHECKED } from '../../domain/obligation/outcomes.ts'
import type { SampleEntry } from '../../domain/obligation/sampling.ts'
import { warning } from '../../kinds/warning.ts'
import { rows, type Sql } from '../../db/pool.ts'

/**
 * The uncovered households of the key groups: of a campaign's verified warnings those whose household is not covered and still there.
 * A roster does not exist yet.
 */
export function uncoveredHouseholds(sql: Sql, campaign: string): Promise<SampleEntry[]> {
  return rows(
    sql,
    `select o.id, o.office as town, o.key_group as "group" from obligations o
      where o.campaign = $1 and o.kind = $2 and o.key_group is not null and o.state = 'accepted'
        and coalesce(o.result ->> 'outcome', '') <> all($3)
      order by o.id`,
    [campaign, warning.code, NOT_TO_BE_CHECKED],
  )
}
