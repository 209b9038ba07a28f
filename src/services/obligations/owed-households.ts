import { row, rows, type Sql } from '../../db/pool.ts'

/**
 * That the screening `o` must reach the household `h` of the roster: uncovered, of its office, of a group it names (R18). Nobody can
 * be reached of whom the name is deleted.
 */
export const OWED_BY = `h.office = o.office and h.cover = 'none' and h.removed_at is null and h.anonymised_wall is null
  and coalesce(o.facts -> 'groups' ? h.key_group, false)`
/** That an entry `e` is the household `h` of the roster: carried over from it, or of the same number. */
export const ENTRY_OF_ROSTER = `(e.roster = h.id or e.id_no_index = h.id_no_index)`

const OWED = `select o.id as obligation, count(*) as owed from obligations o join roster_households h on ${OWED_BY}
   where o.id = any($1)
     and not exists (select from screening_entries e where e.obligation = o.id and ${ENTRY_OF_ROSTER})
   group by o.id`

/** How many households of the roster a screening must reach and has no entry of yet. */
export async function countOwed(sql: Sql, obligation: string): Promise<number> {
  return (await row<{ owed: number }>(sql, OWED, [[obligation]]))?.owed ?? 0
}

/** The same for many; one that owes none is not there. */
export async function countOwedByEach(
  sql: Sql,
  obligations: readonly string[],
): Promise<Map<string, number>> {
  const found = await rows<{ obligation: string; owed: number }>(sql, OWED, [obligations])
  return new Map(found.map(({ obligation, owed }) => [obligation, owed]))
}
