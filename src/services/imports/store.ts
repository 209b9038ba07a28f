import type { Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import { imports } from '../../db/schema/index.ts'
import { columnOf, columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'

const COLUMNS = columns(imports, 'i', [
  ...(['id', 'county', 'filename', 'bytes', 'dryRun', 'silent', 'kind', 'state', 'encoding'] as const),
  ...(['rows', 'accepted', 'duplicates', 'changed', 'refused', 'remarked', 'registered'] as const),
  ...(['byLevel', 'byOffice', 'forecast', 'problem', 'undone', 'actor', 'version'] as const),
  ...([
    'completeFrom',
    'completeUntil',
    'comparison',
    'reach',
    'broughtBy',
    'createdAt',
    'finishedAt',
  ] as const),
  ...([
    'givenSheet',
    'givenColumns',
    'givenWords',
    'givenBy',
    'refuseUnknown',
    'findingsEncrypted',
    'findingsKeyId',
  ] as const),
  ...(['mends', 'mendsRows'] as const),
])
export type ImportRow = RowsOf<typeof COLUMNS>
export type ImportState = ImportRow['state']

export function importById(sql: Sql, id: string): Promise<ImportRow | undefined> {
  return selectRow(sql, COLUMNS, 'from imports i where id = $1', [id])
}

/** Whether the reader sees an import, or anything that it registered (by the index obligations_by_import). */
export async function importKnown(sql: Sql, id: string): Promise<boolean> {
  const found = await row<{ known: boolean }>(
    sql,
    `select exists (select from imports where id = $1)
         or exists (select from obligations where import_id = $1) as known`,
    [id],
  )
  return found?.known ?? false
}

export function lockImport(tx: Sql, id: string): Promise<ImportRow | undefined> {
  return selectRow(tx, COLUMNS, 'from imports i where id = $1 for update', [id])
}

/** Newest first: ids are made in the order of time. */
export function recentImports(sql: Sql, before: string | null, limit: number): Promise<ImportRow[]> {
  const page = 'from imports i where $1::text is null or id < $1 order by id desc limit $2'
  return selectRows(sql, COLUMNS, page, [before, limit])
}

export async function addImport(
  tx: Sql,
  i: Pick<ImportRow, 'id' | 'county' | 'filename' | 'bytes' | 'dryRun' | 'silent' | 'actor'> &
    Partial<Pick<ImportRow, 'givenSheet' | 'givenColumns' | 'givenWords' | 'givenBy' | 'refuseUnknown'>> &
    Partial<
      Pick<ImportRow, 'kind' | 'completeFrom' | 'completeUntil' | 'comparison' | 'reach' | 'broughtBy'>
    > &
    Partial<Pick<ImportRow, 'mends' | 'mendsRows'>>,
  now: Instant,
): Promise<void> {
  const { id, county, filename, bytes, dryRun, silent, actor } = i
  const {
    givenSheet = null,
    givenColumns = null,
    givenWords = null,
    givenBy = null,
    refuseUnknown = false,
  } = i
  const { kind = 'warnings', completeFrom = null, completeUntil = null } = i
  const { comparison = null, reach = null, broughtBy = null } = i
  const { mends = null, mendsRows = null } = i
  await insertRow(tx, imports, {
    ...{ kind, completeFrom, completeUntil, comparison, reach, broughtBy },
    ...{ id, county, filename, bytes, dryRun, silent, actor, createdAt: now },
    ...{ givenSheet, givenColumns, givenWords, givenBy, refuseUnknown, mends, mendsRows },
  })
}

export type Progress = Partial<
  Pick<
    ImportRow,
    | 'state'
    | 'silent'
    | 'completeFrom'
    | 'completeUntil'
    | 'comparison'
    | 'reach'
    | 'broughtBy'
    | 'encoding'
    | 'rows'
    | 'accepted'
    | 'duplicates'
    | 'changed'
    | 'refused'
    | 'remarked'
    | 'registered'
    | 'byLevel'
    | 'byOffice'
    | 'forecast'
    | 'problem'
    | 'undone'
    | 'finishedAt'
    | 'givenSheet'
    | 'givenColumns'
    | 'givenWords'
    | 'givenBy'
    | 'refuseUnknown'
    | 'findingsEncrypted'
    | 'findingsKeyId'
  >
>

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
  const assigned = fields.map(([field], i) => `${columnOf(imports, field).name} = $${i + 2}`)
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
  if (Buffer.isBuffer(value)) return value
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value
}
