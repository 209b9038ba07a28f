import { rows, type Sql } from '../../db/pool.ts'
import { ENTRY_COUNTS } from '../obligations/entry-counts.ts'
import { countOwedByEach } from '../obligations/owed-households.ts'
import type { ScreeningCount } from '../../domain/obligation/result-words.ts'

export type CountedEntries = Record<ScreeningCount, number>
/** What entries come to, null where there are none, and how many households of the roster have none. */
export type ScreeningCounts = { entries: CountedEntries | null; owed: number }

/** What the entries of each of these screenings come to, those counted that the roster has and no entry reaches. */
export async function countsByScreening(
  sql: Sql,
  obligations: readonly string[],
): Promise<Map<string, ScreeningCounts>> {
  const counted = await rows<{ obligation: string } & CountedEntries>(
    sql,
    `select obligation, ${ENTRY_COUNTS} from screening_entries where obligation = any($1) group by obligation`,
    [obligations],
  )
  const owedBy = await countOwedByEach(sql, obligations)
  const entriesOf = new Map(counted.map(({ obligation, ...counts }) => [obligation, counts]))
  return new Map(
    obligations.map((id) => {
      const [entries, owed] = [entriesOf.get(id), owedBy.get(id) ?? 0]
      return [id, { entries: entries ? { ...entries, toScreen: entries.toScreen + owed } : null, owed }]
    }),
  )
}
