import type { Instant } from '../../domain/time/days.ts'
import { forgetAnswers } from '../access/idempotency-keys.ts'
import { countOldRuns } from '../bulk-runs/old-runs.ts'
import { inTransaction, row, rows, type Sql, ts } from '../../db/pool.ts'
import { subjects } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { DUE_PAPERS, dropPapers } from './drop-papers.ts'
import { dropRuns } from './drop-runs.ts'
import { COUNT_TEXTS, eraseDueTexts, eraseTexts } from './erase-texts.ts'
import { PAST, recordErasure, type RetentionOptions } from './past-retention.ts'
import { countRosterDue, countRosterFilesDue, dropRosterFiles, emptyRoster } from './roster-households.ts'
import { countScreenedDue, dropResultTexts, emptyScreened } from './screened-households.ts'
import { forgetSteps } from '../obligations/undo-steps.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { loadKeyring } from '../vault/keyring.ts'
import { type Keyring, encryptPerson } from '../vault/encryption.ts'

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
  /** Many at once that ended long ago, whatever became of their obligations. */
  runs: number
}

const EMPTY = { name: '', idNo: '', phone: '', village: '', detail: '' }

/** Households to anonymise: their obligation is closed, and their campaign is past its retention. */
const DUE_HOUSEHOLDS = `select s.obligation from subjects s join obligations o on o.id = s.obligation
    left join campaigns c on c.id = o.campaign where s.anonymised_wall is null and ${PAST}`
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

/** Counts what `anonymiseClosed` would do. */
export async function countDue(sql: Sql, before: Instant): Promise<Retired> {
  const found = await row<Omit<Retired, 'runs'>>(
    sql,
    `select (select count(*) from (${DUE_HOUSEHOLDS}) d) as households, t.texts, t.reasons,
            (select count(*) from (${DUE_PAPERS}) d) as papers,
            (select count(*) from (${LEFT_OVER_UPLOADS}) l) as uploads
       from (${COUNT_TEXTS}) t`,
    [ts(before)],
  )
  const { households = 0, texts = 0, uploads = 0, ...others } = found ?? { reasons: 0, papers: 0 }
  const screened = await countScreenedDue(sql, before)
  const listed = await countRosterDue(sql, before)
  return {
    ...others,
    households: households + screened.households + listed,
    texts: texts + screened.texts,
    uploads: uploads + (await countRosterFilesDue(sql, before)),
    runs: await countOldRuns(sql, await businessNow(sql)),
  }
}

/**
 * Deletes the personal data of households of long closed campaigns: person, numbers, keyed hashes and texts
 * about them. The obligations and every count stay (个人信息保护法 19: no longer than the purpose needs). Each batch is
 * whole and in the audit trail; a further call continues an interrupted one.
 */
export async function anonymiseClosed(options: RetentionOptions): Promise<Retired> {
  const all: Retired = { households: 0, texts: 0, reasons: 0, papers: 0, uploads: 0, runs: 0 }
  all.uploads = (await dropLeftOver(options)) + (await dropRosterFiles(options))
  all.papers = await dropPapers(options)
  await forgetAnswers(options.pool, options.wallNow)
  await forgetSteps(options.pool, options.before)
  all.runs = await dropRuns(options)
  for (;;) {
    const done = await inTransaction(options.pool, (tx) => anonymiseBatch(tx, options))
    if (done.households === 0) break
    all.households += done.households
    all.texts += done.texts
    all.reasons += done.reasons
    options.onProgress?.(all.households)
  }
  for (;;) {
    const done = await inTransaction(options.pool, (tx) => eraseDueTexts(tx, options))
    if (done.texts + done.reasons === 0) break
    all.texts += done.texts
    all.reasons += done.reasons
  }
  for (;;) {
    const done = await inTransaction(options.pool, (tx) => anonymiseScreened(tx, options))
    if (done.households + done.texts === 0) return all
    all.households += done.households
    all.texts += done.texts
    options.onProgress?.(all.households)
  }
}

/** Households that screenings reached or the roster has, and what was written of results. */
async function anonymiseScreened(
  tx: Sql,
  o: RetentionOptions,
): Promise<Pick<Retired, 'households' | 'texts'>> {
  const { before, wallNow, batch = 1_000 } = o
  const keys = await loadKeyring(tx, o.masterKey)
  const due = { before, wallNow, batch }
  const households = (await emptyScreened(tx, keys, due)) + (await emptyRoster(tx, keys, due))
  const texts = await dropResultTexts(tx, before)
  if (households + texts > 0) await recordErasure(tx, o, 'household.anonymise', { households, texts })
  return { households, texts }
}

async function anonymiseBatch(
  tx: Sql,
  o: RetentionOptions,
): Promise<Pick<Retired, 'households' | 'texts' | 'reasons'>> {
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
  const done = { households: ids.length, ...(await eraseTexts(tx, keys, ids)) }
  await recordErasure(tx, o, 'household.anonymise', done)
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
    await recordErasure(tx, o, 'upload.drop', { uploads: ids.length })
    return ids.length
  })
}
