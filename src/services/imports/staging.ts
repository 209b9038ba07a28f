import type { Day, Instant } from '../../domain/time/days.ts'
import type { Cause, Group, Level, Source } from '../../domain/obligation/vocabulary.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import type { Sealed, EncryptedSubject } from '../vault/encryption.ts'

/** Sealed pieces of the upload, in order. */
export async function addChunk(tx: Sql, importId: string, seq: number, chunk: Sealed): Promise<void> {
  await tx.query('insert into import_chunks (import, seq, sealed, key_id) values ($1, $2, $3, $4)', [
    importId,
    seq,
    chunk.sealed,
    chunk.keyId,
  ])
}

/** One piece at a time: a 64 MB upload never stands in memory whole. */
export async function* readChunks(sql: Sql, importId: string): AsyncGenerator<Sealed> {
  for (let seq = 0; ; seq++) {
    const chunk = await row<Sealed>(
      sql,
      'select sealed, key_id as "keyId" from import_chunks where import = $1 and seq = $2',
      [importId, seq],
    )
    if (!chunk) return
    yield chunk
  }
}

export type StagedRow = EncryptedSubject & {
  row: number
  /** The one it will be: its household is sealed for it. */
  obligation: string
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
}

/** Each row is text before the next is sealed: buffers of a whole batch would long outlive it in the heap (docs/benchmarks.md). */
export async function stageRows(tx: Sql, importId: string, staged: Iterable<StagedRow>): Promise<void> {
  const columns: unknown[][] = []
  for (const row of staged) valuesOf(row).forEach((value, i) => (columns[i] ??= []).push(value))
  if (columns.length === 0) return
  await tx.query(
    `insert into import_rows (import, "row", key, external_id, office, level, cause, key_group, source, issued_at, start_on,
       key_id, index_key_id, obligation, content_hash, sealed, id_no_index, phone_index)
     select $1, r, key, ext, office, level, cause, grp, source, issued, start_on, key_id, index_key_id, obligation,
            decode(content, 'base64'), decode(sealed, 'base64'), decode(id_no, 'base64'), decode(phone, 'base64')
       from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
         $10::timestamptz[], $11::date[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[])
         as x(r, key, ext, office, level, cause, grp, source, issued, start_on, key_id, index_key_id, obligation, content, sealed, id_no, phone)`,
    [importId, ...columns],
  )
}

function valuesOf(r: StagedRow): unknown[] {
  return [
    r.row,
    r.key,
    r.externalId,
    r.office,
    r.level,
    r.cause,
    r.group,
    r.source,
    ts(r.issuedAt).toISOString(),
    r.startOn,
    r.keyId,
    r.indexKeyId,
    r.obligation,
    ...[r.contentHash, r.sealed, r.idNoIndex, r.phoneIndex].map((b) => b?.toString('base64') ?? null),
  ]
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
            id_no_index as "idNoIndex", phone_index as "phoneIndex", index_key_id as "indexKeyId",
            obligation
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

/** The first of them, those to see to before those that change nothing. */
export function firstImportErrors(sql: Sql, importId: string, limit: number) {
  return rows<ImportErrorRow>(
    sql,
    `select "row", column_name as "column", rule, message from import_errors
      where import = $1 order by rule = 'duplicate', seq limit $2`,
    [importId, limit],
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
