import { row, rows, type Sql, ts } from '../../db/pool.ts'
import type { Instant } from '../../domain/time/days.ts'
import { screeningEntries } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { screeningEntryContext } from '../vault/encryption-context.ts'
import { encryptBytes, type Keyring } from '../vault/encryption.ts'
import { PAST } from './past-retention.ts'

const OF_PAST = `join obligations o on o.id = obligation left join campaigns c on c.id = o.campaign where ${PAST}`
const DUE_ENTRIES = `select e.id from screening_entries e ${OF_PAST} and e.anonymised_wall is null`
const DUE_TEXTS = `select t.obligation from result_texts t ${OF_PAST}`
const EMPTY = { name: '', idNo: '', phone: '', village: '', detail: '', visitors: '' }

/** How many households of screenings, and texts of results, are past their retention. */
export async function countScreenedDue(
  sql: Sql,
  before: Instant,
): Promise<{ households: number; texts: number }> {
  const found = await row<{ households: number; texts: number }>(
    sql,
    `select (select count(*) from (${DUE_ENTRIES}) e) as households, (select count(*) from (${DUE_TEXTS}) t) as texts`,
    [ts(before)],
  )
  return found ?? { households: 0, texts: 0 }
}

/** Empties a batch of households of screenings; day, finding and what followed stay, as every count does. */
export async function emptyScreened(
  tx: Sql,
  keys: Keyring,
  { before, wallNow, batch }: { before: Instant; wallNow: Instant; batch: number },
): Promise<number> {
  const due = await rows<{ id: string }>(
    tx,
    `${DUE_ENTRIES} order by e.id limit $2 for update of e skip locked`,
    [ts(before), batch],
  )
  const empty = due.map(({ id }) => ({
    id,
    encrypted: encryptBytes(keys, screeningEntryContext(id), Buffer.from(JSON.stringify(EMPTY))),
  }))
  await updateRows(tx, screeningEntries, ['id'], empty, {
    ...{ keyId: keys.keyId, idNoIndex: null, phoneIndex: null, indexKeyId: keys.indexKeyId },
    anonymisedWall: wallNow,
  })
  return due.length
}

/** @returns how many results lost their texts */
export async function dropResultTexts(tx: Sql, before: Instant): Promise<number> {
  const dropped = await tx.query(`delete from result_texts where obligation in (${DUE_TEXTS})`, [ts(before)])
  return dropped.rowCount ?? 0
}
