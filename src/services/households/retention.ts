import type { Instant } from '../../domain/time/days.ts'
import { addAuditEvent } from '../audit/trail.ts'
import { CLOSED } from '../obligations/closed-states.ts'
import { forgetAnswers } from '../access/idempotency-keys.ts'
import { inTransaction, type Pool, row, rows, type Sql, ts } from '../../db/pool.ts'
import { reveals, subjects } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'
import { updateRows } from '../../db/update-rows.ts'
import { countScreenedDue, dropResultTexts, emptyScreened } from './screened-households.ts'
import { loadKeyring } from '../vault/keyring.ts'
import type { MasterKey } from '../vault/master-key.ts'
import { revealReasonContext } from '../vault/encryption-context.ts'
import { type Keyring, encryptBytes, encryptPerson } from '../vault/encryption.ts'

/** What was deleted, or would be. */
export type Retired = {
  households: number
  /** Free texts in the history. */
  texts: number
  /** Reasons for reveals. */
  reasons: number
  /** What was said of problems, and files of evidence. */
  papers: number
  /** Uploads that were never registered, and what is left of those that were. */
  uploads: number
}
export type RetentionOptions = {
  /** The owner's pool: nobody else may change history. */
  pool: Pool
  masterKey: MasterKey
  /** Business time. Campaigns closed before it are past their retention. */
  before: Instant
  wallNow: Instant
  /** How many households go in one transaction. */
  batch?: number
  onProgress?: (households: number) => void
}

const REVEAL = columns(reveals, 'r', ['id', 'person', 'obligation', 'atWall'])
const EMPTY = { name: '', idNo: '', phone: '', village: '', detail: '' }

/** Households to anonymise: their obligation is closed, and their campaign is past its retention. */
const DUE_HOUSEHOLDS = `select s.obligation from subjects s join obligations o on o.id = s.obligation
    left join campaigns c on c.id = o.campaign
  where s.anonymised_wall is null and o.state in (${CLOSED}) and o.closed_at < $1
    and (o.campaign is null or (c.state = 'closed' and c.closed_at < $1))`
/**
 * Refused and cancelled uploads can go at once; one that was only validated, or waits for its columns to be explained, stays as
 * long as a campaign does. So do the words of a registered file that nobody knew.
 */
const LEFT_OVER_UPLOADS = `select i.id from imports i
  where (i.state in ('cancelled', 'refused', 'failed', 'undone')
         or (i.state in ('validated', 'mapping-needed', 'applied') and i.created_at < $1))
    and (exists (select from import_chunks c where c.import = i.id) or exists (select from import_rows r where r.import = i.id)
         or exists (select from import_refused f where f.import = i.id)
         or exists (select from import_changes g where g.import = i.id and g.encrypted is not null)
         or exists (select from import_withdrawals w where w.import = i.id and w.encrypted is not null)
         or i.findings_encrypted is not null)`

/** Obligations of long closed campaigns whose words and files go, whether or not there is a household behind them. */
const DUE_PAPERS = `select o.id from obligations o left join campaigns c on c.id = o.campaign
  where o.state in (${CLOSED}) and o.closed_at < $1 and (o.campaign is null or (c.state = 'closed' and c.closed_at < $1))
    and (exists (select from problems p where p.obligation = o.id and p.encrypted is not null)
         or exists (select from attachments a where a.obligation = o.id and a.encrypted is not null))`

/** Counts what `anonymiseClosed` would do. */
export async function countDue(sql: Sql, before: Instant): Promise<Retired> {
  const found = await row<Retired>(
    sql,
    `with due as (${DUE_HOUSEHOLDS})
     select (select count(*) from due) as households,
            (select count(*) from events where encrypted_text is not null and obligation in (select * from due)) as texts,
            (select count(*) from reveals where obligation in (select * from due)) as reasons,
            (select count(*) from (${DUE_PAPERS}) d) as papers,
            (select count(*) from (${LEFT_OVER_UPLOADS}) l) as uploads`,
    [ts(before)],
  )
  const { households = 0, texts = 0, ...others } = found ?? { reasons: 0, papers: 0, uploads: 0 }
  const screened = await countScreenedDue(sql, before)
  return { ...others, households: households + screened.households, texts: texts + screened.texts }
}

/**
 * Deletes the personal data of households of long closed campaigns: person, numbers, keyed hashes and texts
 * about them. The obligations and every count stay (个人信息保护法 19: no longer than the purpose needs). Each batch is
 * whole and in the audit trail; a further call continues an interrupted one.
 */
export async function anonymiseClosed(options: RetentionOptions): Promise<Retired> {
  const all: Retired = { households: 0, texts: 0, reasons: 0, papers: 0, uploads: 0 }
  all.uploads = await dropLeftOver(options)
  all.papers = await dropPapers(options)
  await forgetAnswers(options.pool, options.wallNow)
  for (;;) {
    const done = await inTransaction(options.pool, (tx) => anonymiseBatch(tx, options))
    if (done.households === 0) break
    all.households += done.households
    all.texts += done.texts
    all.reasons += done.reasons
    options.onProgress?.(all.households)
  }
  for (;;) {
    const done = await inTransaction(options.pool, (tx) => anonymiseScreened(tx, options))
    if (done.households + done.texts === 0) return all
    all.households += done.households
    all.texts += done.texts
    options.onProgress?.(all.households)
  }
}

/** Households that screenings reached, and what was written of results. */
async function anonymiseScreened(
  tx: Sql,
  o: RetentionOptions,
): Promise<Pick<Retired, 'households' | 'texts'>> {
  const { before, wallNow, batch = 1_000 } = o
  const keys = await loadKeyring(tx, o.masterKey)
  const households = await emptyScreened(tx, keys, { before, wallNow, batch })
  const texts = await dropResultTexts(tx, before)
  if (households + texts > 0) await recordEvent(tx, o, 'household.anonymise', { households, texts })
  return { households, texts }
}

async function anonymiseBatch(tx: Sql, o: RetentionOptions): Promise<Omit<Retired, 'uploads' | 'papers'>> {
  const due = await rows<{ obligation: string }>(
    tx,
    `${DUE_HOUSEHOLDS} order by s.obligation limit $2 for update of s skip locked`,
    [ts(o.before), o.batch ?? 1_000],
  )
  const ids = due.map((d) => d.obligation)
  if (ids.length === 0) return { households: 0, texts: 0, reasons: 0 }
  // Loaded for each batch, since keys may rotate meanwhile.
  const keys = await loadKeyring(tx, o.masterKey)
  await emptyHouseholds(tx, keys, ids, o.wallNow)
  // A keyed hash of all that was known of the household could confirm a guess.
  await tx.query('update obligations set content_hash = null where id = any($1)', [ids])
  await forgetChanges(tx, 'obligation', ids)
  const texts = await tx.query(
    'update events set encrypted_text = null, key_id = null where obligation = any($1) and encrypted_text is not null',
    [ids],
  )
  const done = {
    households: ids.length,
    texts: texts.rowCount ?? 0,
    reasons: await emptyReasons(tx, keys, ids),
  }
  await recordEvent(tx, o, 'household.anonymise', done)
  return done
}

/** What files said of households; which fields they changed stays. What was not decided cannot be any more. */
async function forgetChanges(tx: Sql, by: 'import' | 'obligation', ids: string[]): Promise<void> {
  await tx.query(
    `update import_changes set encrypted = null, key_id = null, state = case when state = 'applied' then state else 'dismissed' end
      where ${by} = any($1)`,
    [ids],
  )
  await tx.query(`update import_withdrawals set encrypted = null, key_id = null where ${by} = any($1)`, [ids])
}

async function emptyHouseholds(
  tx: Sql,
  keys: Keyring,
  obligations: string[],
  wallNow: Instant,
): Promise<void> {
  const empty = obligations.map((id) => ({ obligation: id, encrypted: encryptPerson(keys, id, EMPTY) }))
  await updateRows(tx, subjects, ['obligation'], empty, {
    ...{ keyId: keys.keyId, idNoIndex: null, phoneIndex: null, indexKeyId: keys.indexKeyId },
    anonymisedWall: wallNow,
  })
}

async function emptyReasons(tx: Sql, keys: Keyring, obligations: string[]): Promise<number> {
  const theirs = 'from reveals r where obligation = any($1) for update'
  const found = await selectRows(tx, REVEAL, theirs, [obligations])
  const empty = found.map(({ id, person, obligation, atWall }) => ({
    id,
    encryptedReason: encryptBytes(keys, revealReasonContext(person, obligation, atWall), Buffer.alloc(0)),
  }))
  await updateRows(tx, reveals, ['id'], empty, { keyId: keys.keyId })
  return found.length
}

function dropLeftOver(o: RetentionOptions): Promise<number> {
  return inTransaction(o.pool, async (tx) => {
    const ids = (await rows<{ id: string }>(tx, LEFT_OVER_UPLOADS, [ts(o.before)])).map((i) => i.id)
    if (ids.length === 0) return 0
    await tx.query('delete from import_chunks where import = any($1)', [ids])
    await tx.query('delete from import_rows where import = any($1)', [ids])
    await tx.query('delete from import_refused where import = any($1)', [ids])
    await forgetChanges(tx, 'import', ids)
    await tx.query(
      'update imports set findings_encrypted = null, findings_key_id = null where id = any($1)',
      [ids],
    )
    // The import can no longer be registered.
    await tx.query(
      `update imports set state = 'cancelled', version = version + 1
        where id = any($1) and state in ('validated', 'mapping-needed')`,
      [ids],
    )
    await recordEvent(tx, o, 'upload.drop', { uploads: ids.length })
    return ids.length
  })
}

/**
 * The words and files of an obligation go together, with the texts of its history; that they were there stays. A file goes once
 * nothing younger needs it.
 */
function dropPapers(o: RetentionOptions): Promise<number> {
  return inTransaction(o.pool, async (tx) => {
    const ids = (await rows<{ id: string }>(tx, DUE_PAPERS, [ts(o.before)])).map((due) => due.id)
    if (ids.length === 0) return 0
    await tx.query('update problems set encrypted = null, key_id = null where obligation = any($1)', [ids])
    await tx.query('update attachments set encrypted = null, key_id = null where obligation = any($1)', [ids])
    // Its digest could confirm a guess, and the same file may come again.
    await tx.query(
      `update attachment_files f set encrypted = null, key_id = null, digest = 'erased:' || gen_random_uuid()
        where f.encrypted is not null and not exists (
          select from attachments a where a.county = f.county and a.digest = f.digest and a.encrypted is not null)`,
    )
    // Where there is a household, its texts go with it.
    await tx.query(
      `update events e set encrypted_text = null, key_id = null
        where obligation = any($1) and encrypted_text is not null
          and not exists (select from subjects s where s.obligation = e.obligation)`,
      [ids],
    )
    await recordEvent(tx, o, 'attachment.drop', { obligations: ids.length })
    return ids.length
  })
}

async function recordEvent(
  tx: Sql,
  o: RetentionOptions,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await addAuditEvent(tx, {
    atWall: o.wallNow,
    county: null,
    actor: 'owner',
    action,
    outcome: 'done',
    detail: { ...detail, before: new Date(o.before).toISOString() },
  })
}
