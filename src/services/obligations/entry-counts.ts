import type { EntryCounts } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { row, type Sql } from '../../db/pool.ts'
import type { Stored } from './facts.ts'
import { countOwed } from './owed-households.ts'

/** What the entries of a screening come to (R6), as SQL over the rows of `screening_entries`. */
export const ENTRY_COUNTS = `count(*) as "toScreen", count(visited_on) as screened,
  count(*) filter (where finding = 'eligible') as eligible, count(*) filter (where follow = 'enrolled') as enrolled,
  count(*) filter (where follow = 'monitored') as monitored`

/** What entries come to, and how many households of the roster have none yet. */
export type Entered = { entries: EntryCounts | null; owed: number }
const NOT_ENTERED: Entered = { entries: null, owed: 0 }

/**
 * How many households an obligation of such a kind has, and what was found; null where none was written down. What the roster
 * has and no entry reaches is to be screened, too.
 */
export async function entryCountsOf(sql: Sql, { id, kind }: Stored): Promise<Entered> {
  if (!kindOf(kind).hasEntries) return NOT_ENTERED
  const owed = await countOwed(sql, id)
  const counted = await row<Record<string, number>>(
    sql,
    `select ${ENTRY_COUNTS} from screening_entries where obligation = $1`,
    [id],
  )
  if (!counted?.['toScreen']) return { entries: null, owed }
  return { entries: { ...counted, toScreen: counted['toScreen'] + owed }, owed }
}
