import { row, type Sql } from '../../db/pool.ts'
import { WITHDRAWAL } from '../../domain/obligation/withdrawal.ts'
import { officesUnder } from '../people/offices.ts'
import { cancelledByImport } from './cancelled-by-import.ts'
import type { ImportRow } from './store.ts'
import { toldOfUndo } from './told-of-undo.ts'
import { touchedOf } from './undo-store.ts'

/** So many of the obligations that stay are named. */
const MOST_NAMED = 100

export type UndoPreview = {
  cancelled: number
  kept: number
  keptIds: string[]
  corrected: number
  reopened: number
  stayed: number
  told: number
}

/** What an undo would do if it were asked for now: undo.ts decides anew under its locks. */
export async function previewUndo(
  sql: Sql,
  { id: importId, county }: Pick<ImportRow, 'id' | 'county'>,
): Promise<UndoPreview> {
  const kept = await touchedOf(sql, importId)
  const offices = new Set((await officesUnder(sql, county)).map(({ code }) => code))
  const { restored, stays } = await cancelledByImport(sql, importId, offices)
  const { live = 0, corrected = 0 } = (await countsOf(sql, importId)) ?? {}
  return {
    ...{ cancelled: live - kept.length, kept: kept.length, keptIds: kept.slice(0, MOST_NAMED) },
    ...{ corrected, reopened: restored.length, stayed: stays.length },
    told: await toldOfUndo(sql, importId, { kept, restored }),
  }
}

function countsOf(sql: Sql, importId: string) {
  return row<{ live: number; corrected: number }>(
    sql,
    `select (select count(*)::int from obligations o where o.import_id = $1 and o.state <> $2) as live,
            (select count(*)::int from import_changes c where c.import = $1
               and (c.replaced is not null or c.state = 'applied')) as corrected`,
    [importId, WITHDRAWAL.state],
  )
}
