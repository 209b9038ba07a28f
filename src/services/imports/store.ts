import type { Day, Instant } from '../../domain/time/days.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'

export type ImportState =
  | 'validating'
  | 'validated'
  | 'applying'
  | 'applied'
  | 'refused'
  | 'cancelled'
  | 'failed'
  | 'undoing'
  | 'undone'

export type ImportRow = {
  id: string
  county: string
  filename: string
  bytes: number
  dryRun: boolean
  silent: boolean
  state: ImportState
  encoding: string | null
  rows: number
  accepted: number
  duplicates: number
  changed: number
  refused: number
  registered: number
  byLevel: Record<string, number>
  byOffice: Record<string, number>
  forecast: {
    alreadyLate: number
    dueToday: number
    byDueOn: Record<Day, number>
    provisional: number
  } | null
  problem: { code: string; message: string } | null
  /** Imports taken back by an earlier release do not say `forgotten`: nothing was. */
  undone: { cancelled: number; forgotten?: number | undefined; kept: string[] } | null
  actor: string
  version: number
  createdAt: Instant
  finishedAt: Instant | null
}

const COLUMNS = `id, county, filename, bytes, dry_run as "dryRun", silent, state, encoding, rows, accepted, duplicates, changed,
  refused, registered, by_level as "byLevel", by_office as "byOffice", forecast, problem, undone, actor, version,
  created_at as "createdAt", finished_at as "finishedAt"`

export function importById(sql: Sql, id: string): Promise<ImportRow | undefined> {
  return row(sql, `select ${COLUMNS} from imports where id = $1`, [id])
}

export function lockImport(tx: Sql, id: string): Promise<ImportRow | undefined> {
  return row(tx, `select ${COLUMNS} from imports where id = $1 for update`, [id])
}

/** Newest first: ids are made in the order of time. */
export function recentImports(sql: Sql, before: string | null, limit: number): Promise<ImportRow[]> {
  return rows(
    sql,
    `select ${COLUMNS} from imports where $1::text is null or id < $1 order by id desc limit $2`,
    [before, limit],
  )
}

export async function addImport(
  tx: Sql,
  i: Pick<ImportRow, 'id' | 'county' | 'filename' | 'bytes' | 'dryRun' | 'silent' | 'actor'>,
  now: Instant,
): Promise<void> {
  await tx.query(
    `insert into imports (id, county, filename, bytes, dry_run, silent, actor, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [i.id, i.county, i.filename, i.bytes, i.dryRun, i.silent, i.actor, ts(now)],
  )
}

export type Progress = Partial<
  Pick<
    ImportRow,
    | 'state'
    | 'encoding'
    | 'rows'
    | 'accepted'
    | 'duplicates'
    | 'changed'
    | 'refused'
    | 'registered'
    | 'byLevel'
    | 'byOffice'
    | 'forecast'
    | 'problem'
    | 'undone'
    | 'finishedAt'
  >
>

const COLUMN_OF: Record<keyof Progress, string> = {
  state: 'state',
  encoding: 'encoding',
  rows: 'rows',
  accepted: 'accepted',
  duplicates: 'duplicates',
  changed: 'changed',
  refused: 'refused',
  registered: 'registered',
  byLevel: 'by_level',
  byOffice: 'by_office',
  forecast: 'forecast',
  problem: 'problem',
  undone: 'undone',
  finishedAt: 'finished_at',
}

/**
 * Writes how far an import has come, or what became of it. A change of state is a new version.
 * @param onlyWhile the state it must still be in: somebody may have cancelled it meanwhile
 * @param rowsSoFar and how far it must have come: another attempt may have begun anew
 * @returns false when it was not
 */
export async function updateImport(
  sql: Sql,
  id: string,
  progress: Progress,
  onlyWhile?: ImportState,
  rowsSoFar?: number,
): Promise<boolean> {
  const fields = Object.entries(progress) as [keyof Progress, unknown][]
  const assigned = fields.map(([field], i) => `${COLUMN_OF[field]} = $${i + 2}`)
  if (progress.state) assigned.push('version = version + 1')
  const values = fields.map(([field, value]) =>
    field === 'finishedAt' && typeof value === 'number' ? ts(value) : toParameter(value),
  )
  const n = values.length
  const { rowCount } = await sql.query(
    `update imports set ${assigned.join(', ')}
      where id = $1 and coalesce(state = $${n + 2}, true) and coalesce("rows" = $${n + 3}, true)`,
    [id, ...values, onlyWhile ?? null, rowsSoFar ?? null],
  )
  return rowCount === 1
}

function toParameter(value: unknown): unknown {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value
}
