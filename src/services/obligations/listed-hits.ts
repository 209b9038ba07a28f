import { isComparison } from '../../kinds/comparison.ts'
import { type HitsCounts, type ListedHits, rowsListed } from '../../kinds/listed-hits.ts'
import { rows, type Sql } from '../../db/pool.ts'
import type { Stored } from './facts.ts'

/** The states of files that came to nothing, or are being taken back, as a list between the brackets of SQL's `in`. */
export const NO_HITS = `'refused', 'cancelled', 'failed', 'undoing', 'undone'`

type HitsFile = HitsCounts & { state: string; registered: number; broughtBy: string | null }

/**
 * What the files of hits of a comparison came to (R3), whoever may see them: it may have been handed over since. Null where none came
 * in; what was refused, cancelled or taken back is no file of it.
 */
export async function listedHitsOf(
  sql: Sql,
  { id, kind, office }: Stored & { office: string },
): Promise<ListedHits | null> {
  if (!isComparison({ kind })) return null
  const files = await rows<HitsFile>(
    sql,
    `select i.state, i.registered, i.rows, i.refused, i.rows - i.refused - i.registered as other,
            case when i.brought_by <> $2 then coalesce(f.name, i.brought_by) end as "broughtBy"
       from duban_hits_files($1) i left join offices f on f.code = i.brought_by where i.state not in (${NO_HITS}) order by i.id`,
    [id, office],
  )
  if (files.length === 0) return null
  const applied = files.filter(({ state }) => state === 'applied')
  const raised = applied.reduce((sum, { registered }) => sum + registered, 0)
  const waiting = files.filter(({ state }) => state !== 'applied')
  const others = new Set(waiting.flatMap(({ broughtBy }) => broughtBy ?? []))
  return { rows: rowsListed(applied), raised, waiting: waiting.length, waitingOf: [...others] }
}
