import type { EntryFinding, EntryVisit } from '../../domain/obligation/screening-entry.ts'
import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql } from '../../db/pool.ts'
import { screeningEntries } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'
import { updateRows } from '../../db/update-rows.ts'
import { screeningEntryContext } from '../vault/encryption-context.ts'
import {
  blindIndexes,
  decryptBytes,
  encryptBytes,
  type Keyring,
  lookUpIndexes,
  type Person,
} from '../vault/encryption.ts'

/** Who a household is, and who went there: encrypted as one value. */
export type ScreenedHousehold = Person & { visitors: string }
const ENTRY = columns(screeningEntries, 'e', [
  ...(['id', 'obligation', 'visitedOn', 'finding', 'follow', 'encrypted', 'keyId'] as const),
  ...(['version', 'createdAt', 'anonymisedWall'] as const),
])
export type EntryRow = RowsOf<typeof ENTRY>

/** @returns its id */
export async function addEntry(
  tx: Sql,
  keys: Keyring,
  entry: { obligation: string; visit: EntryVisit; household: ScreenedHousehold; by: string; now: Instant },
): Promise<string> {
  const { obligation, visit, household, by, now } = entry
  const id = newId('sc')
  const more = { version: 1, createdBy: by, createdAt: now }
  await insertRow(tx, screeningEntries, {
    id,
    obligation,
    ...visit,
    ...encryptEntry(keys, id, household),
    ...more,
  })
  return id
}

export async function changeEntry(
  tx: Sql,
  keys: Keyring,
  entry: { id: string; version: number; visit: EntryVisit; household: ScreenedHousehold },
): Promise<void> {
  const { id, version, visit, household } = entry
  const changed = { id, ...visit, ...encryptEntry(keys, id, household), version: version + 1 }
  await updateRows(tx, screeningEntries, ['id'], [changed])
}

export async function removeEntry(tx: Sql, id: string): Promise<void> {
  await tx.query('delete from screening_entries where id = $1', [id])
}

function encryptEntry(keys: Keyring, id: string, household: ScreenedHousehold) {
  return {
    encrypted: encryptBytes(keys, screeningEntryContext(id), Buffer.from(JSON.stringify(household))),
    keyId: keys.keyId,
    ...blindIndexes(keys, household),
  }
}

/** @throws UnknownKey, DecryptionFailed */
export function decryptEntry(keys: Keyring, { id, encrypted, keyId }: EntryRow): ScreenedHousehold {
  return JSON.parse(
    decryptBytes(keys, screeningEntryContext(id), encrypted, keyId).toString(),
  ) as ScreenedHousehold
}

export function entryOf(sql: Sql, obligation: string, id: string): Promise<EntryRow | undefined> {
  return selectRow(sql, ENTRY, 'from screening_entries e where id = $1 and obligation = $2', [id, obligation])
}

/** Another entry of this screening with the same identity number. An empty number is nobody's. */
export async function twinOf(
  sql: Sql,
  keys: Keyring,
  { obligation, idNo, but }: { obligation: string; idNo: string; but: string | null },
): Promise<string | null> {
  if (idNo === '') return null
  const found = await row<{ id: string }>(
    sql,
    `select id from screening_entries where obligation = $1 and id_no_index = any($2) and id is distinct from $3 limit 1`,
    [obligation, lookUpIndexes(keys, 'idNo', idNo), but],
  )
  return found?.id ?? null
}

/** A page of a screening's entries, in the order they were written down. @param finding `none`: not visited yet */
export function entriesOf(
  sql: Sql,
  obligation: string,
  { after, limit, finding }: { after: string | null; limit: number; finding: EntryFinding | 'none' | null },
): Promise<EntryRow[]> {
  return selectRows(
    sql,
    ENTRY,
    `from screening_entries e where obligation = $1 and ($2::text is null or id > $2)
        and ($3::text is null or coalesce(finding, 'none') = $3) order by id limit $4`,
    [obligation, after, finding, limit],
  )
}
