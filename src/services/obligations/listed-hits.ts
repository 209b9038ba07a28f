import { isComparison } from '../../kinds/comparison.ts'
import type { ListedHits } from '../../kinds/listed-hits.ts'
import { row, type Sql } from '../../db/pool.ts'
import type { Stored } from './facts.ts'

/** The states of files that came to nothing, or are being taken back, as a list between the brackets of SQL's `in`. */
export const NO_HITS = `'refused', 'cancelled', 'failed', 'undoing', 'undone'`

/**
 * What the files of hits of a comparison came to (R3), whoever may see them: it may have been handed over since. Null where none came
 * in; what was refused, cancelled or taken back is no file of it.
 */
export async function listedHitsOf(sql: Sql, { id, kind }: Stored): Promise<ListedHits | null> {
  if (!isComparison({ kind })) return null
  const counted = await row<ListedHits & { files: number }>(
    sql,
    `select count(*)::int as files,
            coalesce(sum(i.rows) filter (where i.state = 'applied'), 0)::int as rows,
            coalesce(sum(i.registered) filter (where i.state = 'applied'), 0)::int as raised,
            count(*) filter (where i.state <> 'applied')::int as waiting
       from duban_hits_files($1) i
      where i.state not in (${NO_HITS})`,
    [id],
  )
  if (!counted || counted.files === 0) return null
  const { rows, raised, waiting } = counted
  return { rows, raised, waiting }
}
