import type { Day, Instant } from '../domain/days.ts'
import type { Cause, Group, Level, Source } from '../domain/words.ts'
import { row, rows, type Sql, ts } from './pool.ts'

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
  undone: { cancelled: number; kept: string[] } | null
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

/** Sealed pieces of the upload, in order. */
export async function addChunk(tx: Sql, importId: string, seq: number, sealed: Buffer): Promise<void> {
  await tx.query('insert into import_chunks (import, seq, sealed) values ($1, $2, $3)', [
    importId,
    seq,
    sealed,
  ])
}

/** One piece at a time: a 64 MB upload never stands in memory whole. */
export async function* readChunks(sql: Sql, importId: string): AsyncGenerator<Buffer> {
  for (let seq = 0; ; seq++) {
    const chunk = await row<{ sealed: Buffer }>(
      sql,
      'select sealed from import_chunks where import = $1 and seq = $2',
      [importId, seq],
    )
    if (!chunk) return
    yield chunk.sealed
  }
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

/** Writes how far an import has come, or what became of it. A change of state is a new version. */
export async function updateImport(sql: Sql, id: string, progress: Progress): Promise<void> {
  const fields = Object.entries(progress) as [keyof Progress, unknown][]
  const assigned = fields.map(([field], i) => `${COLUMN_OF[field]} = $${i + 2}`)
  if (progress.state) assigned.push('version = version + 1')
  const values = fields.map(([field, value]) =>
    field === 'finishedAt' && typeof value === 'number' ? ts(value) : toParameter(value),
  )
  await sql.query(`update imports set ${assigned.join(', ')} where id = $1`, [id, ...values])
}

function toParameter(value: unknown): unknown {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value
}

export type StagedRow = {
  row: number
  key: string
  externalId: string
  office: string
  level: Level
  cause: Cause | null
  group: Group | null
  source: Source | null
  issuedAt: Instant
  startOn: Day
  contentHash: Buffer
  sealed: Buffer
  keyId: string
  idNoIndex: Buffer | null
  phoneIndex: Buffer | null
}

export async function stageRows(tx: Sql, importId: string, staged: readonly StagedRow[]): Promise<void> {
  if (staged.length === 0) return
  const column = <T>(pick: (r: StagedRow) => T) => staged.map(pick)
  await tx.query(
    `insert into import_rows (import, "row", key, external_id, office, level, cause, key_group, source, issued_at, start_on,
       content_hash, sealed, key_id, id_no_index, phone_index)
     select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::timestamptz[], $11::date[], $12::bytea[], $13::bytea[], $14::text[], $15::bytea[], $16::bytea[])`,
    [
      importId,
      column((r) => r.row),
      column((r) => r.key),
      column((r) => r.externalId),
      column((r) => r.office),
      column((r) => r.level),
      column((r) => r.cause),
      column((r) => r.group),
      column((r) => r.source),
      column((r) => ts(r.issuedAt).toISOString()),
      column((r) => r.startOn),
      column((r) => r.contentHash),
      column((r) => r.sealed),
      column((r) => r.keyId),
      column((r) => r.idNoIndex),
      column((r) => r.phoneIndex),
    ],
  )
}

export function stagedRows(
  sql: Sql,
  importId: string,
  afterRow: number,
  limit: number,
): Promise<StagedRow[]> {
  return rows(
    sql,
    `select "row", key, external_id as "externalId", office, level, cause, key_group as "group", source,
            issued_at as "issuedAt", start_on as "startOn", content_hash as "contentHash", sealed, key_id as "keyId",
            id_no_index as "idNoIndex", phone_index as "phoneIndex"
       from import_rows where import = $1 and "row" > $2 order by "row" limit $3`,
    [importId, afterRow, limit],
  )
}

/** Which of these keys the ledger knows already, and with what content. */
export function knownContents(
  sql: Sql,
  keys: readonly string[],
): Promise<{ key: string; contentHash: Buffer | null }[]> {
  return rows(sql, 'select key, content_hash as "contentHash" from obligations where key = any($1)', [keys])
}

export type ImportErrorRow = { row: number; column: string; rule: string; message: string }

export async function addImportErrors(
  tx: Sql,
  importId: string,
  fromSeq: number,
  errors: readonly ImportErrorRow[],
): Promise<void> {
  if (errors.length === 0) return
  await tx.query(
    `insert into import_errors (import, seq, "row", column_name, rule, message)
     select $1, * from unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::text[])`,
    [
      importId,
      errors.map((_, i) => fromSeq + i),
      errors.map((e) => e.row),
      errors.map((e) => e.column),
      errors.map((e) => e.rule),
      errors.map((e) => e.message),
    ],
  )
}

export function importErrors(sql: Sql, importId: string, afterSeq: number, limit: number) {
  return rows<ImportErrorRow & { seq: number }>(
    sql,
    `select seq, "row", column_name as "column", rule, message from import_errors
      where import = $1 and seq > $2 order by seq limit $3`,
    [importId, afterSeq, limit],
  )
}

/** Before a validation starts over: what an interrupted one left. */
export async function clearStaging(tx: Sql, importId: string): Promise<void> {
  await tx.query('delete from import_rows where import = $1', [importId])
  await tx.query('delete from import_errors where import = $1', [importId])
}

/** Once registered (or refused), the upload itself is not kept: the sealed subjects are. */
export async function dropUpload(tx: Sql, importId: string): Promise<void> {
  await tx.query('delete from import_chunks where import = $1', [importId])
  await tx.query('delete from import_rows where import = $1', [importId])
}
