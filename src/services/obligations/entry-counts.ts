import type { EntryCounts } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { row, type Sql } from '../../db/pool.ts'
import type { Stored } from './facts.ts'

/** What the entries of a screening come to (R6), as SQL over the rows of `screening_entries`. */
export const ENTRY_COUNTS = `count(*) as "toScreen", count(visited_on) as screened,
  count(*) filter (where finding = 'eligible') as eligible, count(*) filter (where follow = 'enrolled') as enrolled,
  count(*) filter (where follow = 'monitored') as monitored`

/** How many households an obligation of such a kind has, and what was found; null where none was written down. */
export async function entryCountsOf(sql: Sql, { id, kind }: Stored): Promise<EntryCounts | null> {
  if (!kindOf(kind).hasEntries) return null
  const counted = await row<Record<string, number>>(
    sql,
    `select ${ENTRY_COUNTS} from screening_entries where obligation = $1`,
    [id],
  )
  return counted && counted['toScreen'] ? counted : null
}
