import type { State } from '../../domain/obligation/vocabulary.ts'
import { comparison } from '../../kinds/comparison.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import { NO_HITS } from '../obligations/listed-hits.ts'

/** A file of hits of a comparison, and what became of its rows. */
export type HitsFile = {
  comparison: string
  id: string
  filename: string
  state: string
  rows: number
  registered: number
}
export type RaisedWarning = { id: string; title: string; state: State }

/** As many warnings as an item lists; the others are found by the file. */
const LISTED = 200

/** Whether a file of hits may come for it: a comparison of the county that was not withdrawn. */
export async function takesHits(sql: Sql, id: string, county: string): Promise<boolean> {
  const found = await row(
    sql,
    `select from obligations where id = $1 and county = $2 and kind = '${comparison.code}' and state <> 'cancelled'`,
    [id, county],
  )
  return found !== undefined
}

/** The files of hits of each comparison, in the order in which they came; those that came to nothing are left out. */
export function hitsFilesOf(sql: Sql, comparisons: readonly string[]): Promise<HitsFile[]> {
  return rows(
    sql,
    `select i.comparison, i.id, i.filename, i.state, i.rows, i.registered from imports i
      where i.comparison = any($1) and i.state not in (${NO_HITS}) order by i.id`,
    [comparisons],
  )
}

/** The warnings that the hits of a comparison raised. */
export function raisedBy(sql: Sql, comparison: string): Promise<RaisedWarning[]> {
  return rows(
    sql,
    `select o.id, o.title, o.state from obligations o join imports i on i.id = o.import_id
      where i.comparison = $1 order by o.id limit ${LISTED}`,
    [comparison],
  )
}

/** The comparison whose hits a warning came from, as far as the reader sees its file. */
export async function comparisonOf(sql: Sql, obligation: string): Promise<string | null> {
  const found = await row<{ comparison: string }>(
    sql,
    `select i.comparison from obligations o join imports i on i.id = o.import_id
      where o.id = $1 and i.comparison is not null`,
    [obligation],
  )
  return found?.comparison ?? null
}
