import { inTransaction, row, rows, type Sql, ts } from '../../db/pool.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rosterHouseholds } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { rosterContext } from '../vault/encryption-context.ts'
import { encryptBytes, type Keyring } from '../vault/encryption.ts'
import { recordErasure, type RetentionOptions } from './past-retention.ts'

/**
 * A household of the roster goes when it was taken off so long ago; one that is on it when it has not been written for so long, and
 * no campaign of its county is open or younger.
 */
const DUE = `select h.id from roster_households h where h.anonymised_wall is null and h.changed_at < $1
    and (h.removed_at < $1
      or not exists (select from campaigns c where c.county = h.county and (c.state <> 'closed' or c.closed_at >= $1)))`
/** What stood before in files that were taken back, or that nobody takes back any more. */
const OLD_FILES = `select i.id from roster_imports i where (i.state = 'undone' or i.created_at < $1)
    and exists (select from roster_changes c where c.import = i.id and c.encrypted is not null)`
const EMPTY = { name: '', idNo: '', phone: '', village: '', detail: '' }

export async function countRosterDue(sql: Sql, before: Instant): Promise<number> {
  const text = `select count(*) as households from (${DUE}) d`
  return (await row<{ households: number }>(sql, text, [ts(before)]))?.households ?? 0
}

export async function countRosterFilesDue(sql: Sql, before: Instant): Promise<number> {
  const text = `select count(*) as files from (${OLD_FILES}) d`
  return (await row<{ files: number }>(sql, text, [ts(before)]))?.files ?? 0
}

/** Drops how households stood before a file changed them, of files that are old or were taken back. @returns of how many files */
export function dropRosterFiles(options: RetentionOptions): Promise<number> {
  return inTransaction(options.pool, async (tx) => {
    const ids = (await rows<{ id: string }>(tx, OLD_FILES, [ts(options.before)])).map(({ id }) => id)
    if (ids.length === 0) return 0
    await tx.query('update roster_changes set encrypted = null, key_id = null where import = any($1)', [ids])
    await recordErasure(tx, options, 'upload.drop', { uploads: ids.length })
    return ids.length
  })
}

/** Empties a batch of households of the roster; group, town and cover stay, as every count does. @returns how many */
export async function emptyRoster(
  tx: Sql,
  keys: Keyring,
  { before, wallNow, batch }: { before: Instant; wallNow: Instant; batch: number },
): Promise<number> {
  const text = `${DUE} order by h.id limit $2 for update of h skip locked`
  const ids = (await rows<{ id: string }>(tx, text, [ts(before), batch])).map(({ id }) => id)
  const empty = ids.map((id) => ({
    id,
    encrypted: encryptBytes(keys, rosterContext(id), Buffer.from(JSON.stringify(EMPTY))),
  }))
  await updateRows(tx, rosterHouseholds, ['id'], empty, {
    ...{ keyId: keys.keyId, idNoIndex: null, phoneIndex: null, indexKeyId: keys.indexKeyId },
    anonymisedWall: wallNow,
  })
  await tx.query('update roster_changes set encrypted = null, key_id = null where household = any($1)', [ids])
  return ids.length
}
