import { isComparison } from '../../kinds/comparison.ts'
import { type HitsCounts, type ListedHits, rowsListed } from '../../kinds/listed-hits.ts'
import { rows, type Sql } from '../../db/pool.ts'
import type { Stored } from './facts.ts'

/** The states of files that came to nothing, or are being taken back, as a list between the brackets of SQL's `in`. */
export const NO_HITS = `'refused', 'cancelled', 'failed', 'undoing', 'undone'`

type HitsFile = HitsCounts & {
  state: string
  registered: number
  elsewhere: boolean
  cancelledBy: string | null
}

/**
 * What the files of hits of a comparison came to (R3), whoever may see them: it may have been handed over since. Null where none came
 * in; what was refused, cancelled or taken back is no file of it.
 */
export async function listedHitsOf(
  sql: Sql,
  { id, kind, office, county }: Stored & { office: string; county: string },
): Promise<ListedHits | null> {
  if (!isComparison({ kind })) return null
  const files = await rows<HitsFile>(sql, FILES, [id, office, county])
  if (files.length === 0) return null
  const applied = files.filter(({ state }) => state === 'applied')
  const raised = applied.reduce((sum, { registered }) => sum + registered, 0)
  const waiting = files.filter(({ state }) => state !== 'applied')
  const elsewhere = waiting.filter((file) => file.elsewhere)
  const cancelledBy = new Set(elsewhere.flatMap((file) => file.cancelledBy ?? []))
  return {
    ...{ rows: rowsListed(applied), raised, waiting: waiting.length },
    ...{ elsewhere: elsewhere.length, cancelledBy: [...cancelledBy] },
  }
}

// Whoever has the comparison settles what they brought and what has the reach of its hits, whoever brought that (services/comparisons/hits.ts).
// The relief centre settles every file, and is named in any case.
const FILES = `
  select i.state, i.registered, i.rows, i.refused, i.rows - i.refused - i.registered as other,
         (i.brought_by = $2 or i.reach = own.reach) is not true as elsewhere,
         case when not exists (select from person_roles r where r.office = i.brought_by and r.role = 'relief-centre')
              then coalesce(f.name, i.brought_by) end as "cancelledBy"
    from duban_hits_files($1) i
   cross join (select case kind when 'town' then code else $3 end as reach from offices where code = $2) own
    left join offices f on f.code = i.brought_by
   where i.state not in (${NO_HITS}) order by i.id`
