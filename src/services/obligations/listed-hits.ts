import { isComparison } from '../../kinds/comparison.ts'
import type { ListedHits } from '../../kinds/listed-hits.ts'
import { row, type Sql } from '../../db/pool.ts'
import type { Stored } from './facts.ts'

/** The states of files that came to nothing, or are being taken back, as a list between the brackets of SQL's `in`. */
export const NO_HITS = `'refused', 'cancelled', 'failed', 'undoing', 'undone'`

/**
 * What the files of hits of a comparison came to (R3), of those that the reader sees; null where none came in. What was refused,
 * cancelled or taken back is no file of it.
 */
export async function listedHitsOf(sql: Sql, { id, kind }: Stored): Promise<ListedHits | null> {
  if (!isComparison({ kind })) return null
  const counted = await row<ListedHits & { files: number }>(
    sql,
    `select count(*)::int as files,
            coalesce(sum(i.rows) filter (where i.state = 'applied'), 0)::int as rows,
            coalesce(sum(i.registered) filter (where i.state = 'applied'), 0)::int as raised,
            count(*) filter (where i.state <> 'applied')::int as waiting
       from imports i
      where i.comparison = $1 and i.state not in (${NO_HITS})`,
    [id],
  )
  if (!counted || counted.files === 0) return null
  const { rows, raised, waiting } = counted
  return { rows, raised, waiting }
}
