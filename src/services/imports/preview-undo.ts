import { row, type Sql } from '../../db/pool.ts'
import { WITHDRAWAL } from '../../domain/obligation/withdrawal.ts'
import { touchedOf } from './undo-store.ts'

/** So many of the obligations that stay are named. */
const MOST_NAMED = 100

export type UndoPreview = {
  cancelled: number
  kept: number
  keptIds: string[]
  corrected: number
  told: number
}

/** What an undo would do if it were asked for now: undo.ts decides anew under its locks. */
export async function previewUndo(sql: Sql, importId: string): Promise<UndoPreview> {
  const touched = await touchedOf(sql, importId)
  const counts = await row<{ live: number; told: number; corrected: number }>(
    sql,
    `select count(distinct o.id)::int as live,
            count(distinct n.person) filter (where not coalesce(o.external_id, '') = any($2))::int as told,
            (select count(*)::int from import_changes c where c.import = $1
               and (c.replaced is not null or c.state = 'applied')) as corrected
       from obligations o left join assignments a on a.obligation = o.id
            left join notifications n on n.deadline = a.deadline and n.state = 'mailed'
      where o.import_id = $1 and o.state <> $3`,
    [importId, touched, WITHDRAWAL.state],
  )
  const { live = 0, told = 0, corrected = 0 } = counts ?? {}
  return {
    ...{ cancelled: live - touched.length, kept: touched.length, keptIds: touched.slice(0, MOST_NAMED) },
    ...{ corrected, told },
  }
}
