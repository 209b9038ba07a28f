import type { EntryFinding, EntryVisit } from '../../domain/obligation/screening-entry.ts'
import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRow, insertRows, oneByOne } from '../../db/insert-rows.ts'
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
/** An entry as it is written: `roster` is the household of the roster that it is. */
export type WrittenEntry = { visit: EntryVisit; household: ScreenedHousehold; roster: string | null }
const ENTRY = columns(screeningEntries, 'e', [
  ...(['id', 'obligation', 'visitedOn', 'finding', 'follow', 'encrypted', 'keyId'] as const),
  ...(['version', 'createdAt', 'anonymisedWall', 'roster'] as const),
])
export type EntryRow = RowsOf<typeof ENTRY>

/** @returns its id */
export async function addEntry(
  tx: Sql,
  keys: Keyring,
  { obligation, by, now, ...entry }: WrittenEntry & { obligation: string; by: string; now: Instant },
): Promise<string> {
  const row = entryRow(keys, newId('sc'), entry)
  const more = { version: 1, createdBy: by, createdAt: now }
  await insertRow(tx, screeningEntries, { obligation, ...row, ...more })
  return row.id
}

/** Writes down many households of one screening at once. */
export async function addEntries(
  tx: Sql,
  keys: Keyring,
  { obligation, by, now }: { obligation: string; by: string; now: Instant },
  list: Iterable<WrittenEntry>,
): Promise<void> {
  const fresh = oneByOne(list, (entry) => entryRow(keys, newId('sc'), entry))
  const constant = { obligation, version: 1, createdBy: by, createdAt: now }
  await insertRows(tx, screeningEntries, fresh, { constant })
}

function entryRow(keys: Keyring, id: string, { visit, household, roster }: WrittenEntry) {
  const { visitedOn, finding, follow } = visit
  return { id, roster, visitedOn, finding, follow, ...encryptEntry(keys, id, household) }
}

/** An entry of so many a version, as it is from now on. */
export type ChangedEntry = WrittenEntry & { id: string; version: number }

export function changeEntry(tx: Sql, keys: Keyring, entry: ChangedEntry): Promise<void> {
  return changeEntries(tx, keys, [entry])
}

export async function changeEntries(tx: Sql, keys: Keyring, list: readonly ChangedEntry[]): Promise<void> {
  const changed = list.map((entry) => ({ ...entryRow(keys, entry.id, entry), version: entry.version + 1 }))
  await updateRows(tx, screeningEntries, ['id'], changed)
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

/** Every entry of a screening. */
export function allEntriesOf(sql: Sql, obligation: string): Promise<EntryRow[]> {
  return selectRows(sql, ENTRY, 'from screening_entries e where obligation = $1 order by id', [obligation])
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
