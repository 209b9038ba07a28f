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

/** A comparison as a file of its hits asks: whose it is, and where its hits may raise warnings. */
export type HitsTarget = { county: string; office: string; state: State; reach: string }

/**
 * The comparison that a file names; undefined where there is none, or it is not theirs. A town's reaches the town, one of the bureau or
 * a centre the whole county; a village has none of its own.
 */
export function hitsTarget(sql: Sql, id: string): Promise<HitsTarget | undefined> {
  return row(sql, TARGET, [id])
}

/** The same; nobody hands it in, over or cancels it until the transaction ends. */
export function lockHitsTarget(tx: Sql, id: string): Promise<HitsTarget | undefined> {
  return row(tx, `${TARGET} for share of o`, [id])
}

const TARGET = `select o.county, o.office, o.state, case f.kind when 'town' then o.office else o.county end as reach
   from obligations o join offices f on f.code = o.office
  where o.id = $1 and o.kind = '${comparison.code}' and f.kind <> 'village'`

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
