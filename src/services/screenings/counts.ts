import { rows, type Sql } from '../../db/pool.ts'
import { ENTRY_COUNTS } from '../obligations/entry-counts.ts'
import type { ScreeningCount } from '../../domain/obligation/result-words.ts'

export type CountedEntries = Record<ScreeningCount, number>

/** What the entries of each of these screenings come to; one without entries is not there. */
export async function countsByScreening(
  sql: Sql,
  obligations: readonly string[],
): Promise<Map<string, CountedEntries>> {
  const counted = await rows<{ obligation: string } & CountedEntries>(
    sql,
    `select obligation, ${ENTRY_COUNTS} from screening_entries where obligation = any($1) group by obligation`,
    [obligations],
  )
  return new Map(counted.map(({ obligation, ...counts }) => [obligation, counts]))
}
