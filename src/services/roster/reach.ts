import type { Reach } from '../../domain/obligation/roster-words.ts'
import type { Group } from '../../domain/obligation/vocabulary.ts'
import { screening } from '../../kinds/screening.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { ENTRY_OF_ROSTER, OWED_BY } from '../obligations/owed-households.ts'

/** Since when work counts: since the county's latest campaign began. */
const SINCE = `coalesce((select max(c.created_at) from campaigns c where c.county = h.county), '-infinity')`
/** Open, or closed within the year. */
const OF_THIS_YEAR = `o.state <> 'cancelled' and (o.closed_at is null or o.closed_at >= ${SINCE})`

/**
 * How far the work has come to the household `h` of the roster, as SQL: a visit of a screening, a warning or whatever else of the
 * same number, or an accepted check of the county reach it. It is judged by what the reader sees: a warning of the same number in
 * another town reaches it for the county, not for the town.
 */
export const REACH = `case
  when h.cover <> 'none' then 'covered'
  when exists (select from screening_entries e join obligations o on o.id = e.obligation
                where ${ENTRY_OF_ROSTER} and o.county = h.county and e.visited_on is not null and ${OF_THIS_YEAR})
    or exists (select from subjects s join obligations o on o.id = s.obligation
                where s.id_no_index = h.id_no_index and o.county = h.county and ${OF_THIS_YEAR})
    or exists (select from sample_households d join obligations o on o.id = d.check_obligation
                where d.roster = h.id and o.state = 'accepted' and ${OF_THIS_YEAR})
    then 'reached'
  when exists (select from obligations o where o.kind = '${screening.code}' and o.state in ('open', 'returned', 'suspended') and ${OWED_BY})
    then 'owed'
  else 'unreached' end`

/** Of a town and group, how many the work has come to how far. */
export type RosterCount = { office: string; group: Group; reach: Reach; households: number }

/** The roster in numbers, of the offices that the reader sees. The uncovered whose names are deleted are nobody's to reach. */
export function countRoster(
  sql: Sql,
  { county = null, office = null }: { county?: string | null; office?: string | null },
): Promise<RosterCount[]> {
  return rows(
    sql,
    `select office, key_group as "group", reach, count(*) as households
       from (select h.office, h.key_group, ${REACH} as reach from roster_households h
              where h.removed_at is null and (h.anonymised_wall is null or h.cover <> 'none') and ($1::text is null or h.county = $1)
                and ($2::text is null or h.office = $2 or h.office ^@ ($2 || '.'))) r
      group by 1, 2, 3 order by 1, 2, 3`,
    [county, office],
  )
}
