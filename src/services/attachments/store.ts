import { createHmac } from 'node:crypto'
import { type AttachmentType } from '../../domain/obligation/attachment-types.ts'
import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import { attachmentFiles, attachments, obligations } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'
import { attachmentContext, attachmentFileContext } from '../vault/encryption-context.ts'
import { decryptBytes, encryptBytes, type Keyring } from '../vault/encryption.ts'

/** An arbitrary constant: the lock on one content, which the trigger of migration 0031 takes too. */
const ONE_CONTENT = 7_209_090
/** So many files may hang on one obligation. */
export const MOST_ATTACHMENTS = 30

export type NewAttachment = {
  obligation: string
  county: string
  name: string
  type: AttachmentType
  content: Buffer
  by: string
  now: Instant
}

const ATTACHMENT = allOf(
  columns(attachments, 'a', [
    ...([
      'id',
      'obligation',
      'county',
      'encrypted',
      'keyId',
      'uploadedBy',
      'uploadedAt',
      'handedInAt',
    ] as const),
    'digest',
  ]),
  columns(attachmentFiles, 'f', ['type', 'bytes']),
  columns(obligations, 'o', ['office']),
  computed<{ uploaderName: string }>({ uploaderName: 'coalesce(p.name, k.name, a.uploaded_by)' }),
)
const FROM_ATTACHMENTS = `from attachments a
   join attachment_files f on f.county = a.county and f.digest = a.digest
   join obligations o on o.id = a.obligation
   left join people p on p.id = a.uploaded_by left join api_keys k on k.id = a.uploaded_by`
export type AttachmentRow = RowsOf<typeof ATTACHMENT>

/** Whoever keeps a content and whoever drops it wait for each other. */
export async function lockContent(tx: Sql, digest: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [ONE_CONTENT, digest])
}

/**
 * Keeps a file with an obligation; a content that the county has already is not kept twice.
 * @returns its id; null where the obligation has this very file
 */
export async function addAttachment(tx: Sql, keys: Keyring, given: NewAttachment): Promise<string | null> {
  const { obligation, county, type, content } = given
  const digest = digestOf(keys, content)
  await lockContent(tx, digest)
  const where = attachmentFileContext(county, digest)
  const file = { county, digest, type, bytes: content.length }
  // The file may be of an office whose attachments this one does not see: nothing is asked for back.
  await insertRow(
    tx,
    attachmentFiles,
    { ...file, encrypted: encryptBytes(keys, where, content), keyId: keys.keyId },
    { onConflict: 'do nothing' },
  )
  const id = newId('at')
  const name = encryptBytes(keys, attachmentContext(id), Buffer.from(given.name))
  const added = await insertRow(
    tx,
    attachments,
    {
      ...{ id, obligation, county, digest, encrypted: name, keyId: keys.keyId },
      ...{ uploadedBy: given.by, uploadedAt: given.now },
    },
    { onConflict: '(obligation, digest) do nothing', returning: ['id'] },
  )
  return added ? id : null
}

/** It does not rotate, since files of different years are compared by it. */
function digestOf(keys: Keyring, content: Buffer): string {
  return createHmac('sha256', keys.contentKey).update('attachment:').update(content).digest('hex')
}

export function attachmentsOf(sql: Sql, obligation: string): Promise<AttachmentRow[]> {
  return selectRows(
    sql,
    ATTACHMENT,
    `${FROM_ATTACHMENTS} where a.obligation = $1 order by a.uploaded_at, a.id`,
    [obligation],
  )
}

export function attachmentById(sql: Sql, id: string): Promise<AttachmentRow | undefined> {
  return selectRow(sql, ATTACHMENT, `${FROM_ATTACHMENTS} where a.id = $1`, [id])
}

/** The name of a file; null once its retention is over. */
export function attachmentName(keys: Keyring, { id, encrypted, keyId }: AttachmentRow): string | null {
  return encrypted && decryptBytes(keys, attachmentContext(id), encrypted, keyId).toString()
}

/** What is in a file; null once its retention is over. */
export async function attachmentContent(
  sql: Sql,
  keys: Keyring,
  { county, digest }: AttachmentRow,
): Promise<Buffer | null> {
  const list = columns(attachmentFiles, 'f', ['encrypted', 'keyId'])
  const file = await selectRow(sql, list, 'from attachment_files f where county = $1 and digest = $2', [
    county,
    digest,
  ])
  if (!file?.encrypted) return null
  return decryptBytes(keys, attachmentFileContext(county, digest), file.encrypted, file.keyId)
}

/** Takes a file off its obligation, unless it was handed in. */
export async function removeAttachment(tx: Sql, id: string): Promise<boolean> {
  const gone = await rows(tx, 'delete from attachments where id = $1 and handed_in_at is null returning id', [
    id,
  ])
  return gone.length > 0
}

/** From now on what hangs on an obligation stays: it was handed in. */
export async function keepHandedIn(tx: Sql, obligation: string, now: Instant): Promise<void> {
  await tx.query('update attachments set handed_in_at = $2 where obligation = $1 and handed_in_at is null', [
    obligation,
    ts(now),
  ])
}

/** Which of these are no files of the obligation. */
export async function foreignEvidence(
  tx: Sql,
  obligation: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return []
  const own = await rows<{ id: string }>(
    tx,
    'select id from attachments where obligation = $1 and id = any($2)',
    [obligation, ids],
  )
  return ids.filter((id) => !own.some((attachment) => attachment.id === id))
}

/** The files of an obligation, but for those whose retention is over. */
export async function attachmentIds(tx: Sql, obligation: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    'select id from attachments where obligation = $1 and encrypted is not null order by uploaded_at, id',
    [obligation],
  )
  return found.map(({ id }) => id)
}

export async function countAttachments(tx: Sql, obligation: string): Promise<number> {
  const found = await row<{ n: number }>(tx, 'select count(*) as n from attachments where obligation = $1', [
    obligation,
  ])
  return found?.n ?? 0
}

/** The county of an obligation and who performs it, as far as the reader sees it. */
export function obligationOfAttachment(sql: Sql, id: string) {
  return selectRow(
    sql,
    columns(obligations, 'o', ['id', 'county', 'office', 'state']),
    'from obligations o where id = $1',
    [id],
  )
}
