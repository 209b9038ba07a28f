import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { rosterHouseholds } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import type { Keyring } from '../vault/encryption.ts'
import { rosterColumns, type RosterContent } from './content.ts'

/** Puts one household on the roster. The caller has locked it. @returns its id */
export async function addRosterHousehold(
  tx: Sql,
  keys: Keyring,
  entry: { county: string; content: RosterContent; by: string; now: Instant },
): Promise<string> {
  const { county, content, by, now } = entry
  const id = newId('rh')
  await insertRow(tx, rosterHouseholds, {
    ...{ id, county, ...rosterColumns(keys, id, content) },
    ...{ createdBy: by, createdAt: now, changedAt: now },
  })
  return id
}

export async function changeRosterHousehold(
  tx: Sql,
  keys: Keyring,
  { id, version, content, now }: { id: string; version: number; content: RosterContent; now: Instant },
): Promise<void> {
  const changed = { id, ...rosterColumns(keys, id, content), version: version + 1, changedAt: now }
  await updateRows(tx, rosterHouseholds, ['id'], [changed])
}

/** Takes households off the roster. What points to them, an entry or a sample, still does. */
export async function removeRosterHouseholds(tx: Sql, ids: readonly string[], now: Instant): Promise<void> {
  await tx.query(
    'update roster_households set removed_at = $2, changed_at = $2, version = version + 1 where id = any($1)',
    [ids, ts(now)],
  )
}
