import type { JoinedIds } from '../../domain/obligation/counted-lists.ts'
import type { OpenGroup } from '../../domain/obligation/standing.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** `obligations`: which they are. */
export type ListedGroup = OpenGroup & { obligations: JoinedIds }

/** Everything that is open in a county, counted by holder, stage, level and due instant: what standings are made of. */
export function openGroups(sql: Sql, county: string): Promise<ListedGroup[]> {
  return rows(
    sql,
    `select office, holder_office as "holderOffice", holder_person as "holderPerson", stage, level, holder_due_on as "dueOn",
            holder_due_at as "dueAt", count(*) as count, string_agg(id, ',') as obligations
       from obligations where county = $1 and stage is not null
      group by office, holder_office, holder_person, stage, level, holder_due_on, holder_due_at`,
    [county],
  )
}
