import type { Instant } from '../../domain/time/days.ts'
import { keepUnsaid, matchHouseholds } from '../../ledgers/household-key.ts'
import type { EntryRow as FileRow } from '../../ledgers/read-entries.ts'
import type { Sql } from '../../db/pool.ts'
import { rosterOf } from '../roster/store.ts'
import { rosterPerson } from '../roster/content.ts'
import type { Keyring } from '../vault/encryption.ts'
import {
  addEntries,
  allEntriesOf,
  changeEntries,
  type ChangedEntry,
  decryptEntry,
  type WrittenEntry,
} from './entries.ts'

/** What a file would do to a screening: households that are new, and that were written down before. */
export type EntryPlan = { added: WrittenEntry[]; changed: ChangedEntry[] }

/** Compares a file with what was written down: by number, else by village and name. */
export async function planEntries(
  tx: Sql,
  keys: Keyring,
  { obligation, county }: { obligation: string; county: string },
  list: readonly FileRow[],
): Promise<EntryPlan> {
  const known = matchHouseholds(await knownEntries(tx, keys, obligation), list)
  const rosterIds = await rosterByNumber(tx, keys, county)
  const plan: EntryPlan = { added: [], changed: [] }
  for (const [i, { person, visitors, visit }] of list.entries()) {
    const before = known[i]
    const said = { ...person, visitors }
    const household = before ? keepUnsaid(before.person, said) : said
    const roster = before?.roster ?? rosterIds.get(household.idNo) ?? null
    if (before) plan.changed.push({ id: before.id, version: before.version, visit, household, roster })
    else plan.added.push({ visit, household, roster })
  }
  return plan
}

/** Registers it. The caller holds the screening. */
export async function applyEntries(
  tx: Sql,
  keys: Keyring,
  order: { obligation: string; by: string; now: Instant },
  { added, changed }: EntryPlan,
): Promise<void> {
  await addEntries(tx, keys, order, added)
  await changeEntries(tx, keys, changed)
}

async function knownEntries(tx: Sql, keys: Keyring, obligation: string) {
  const all = await allEntriesOf(tx, obligation)
  return all.map((entry) => ({ ...entry, person: decryptEntry(keys, entry) }))
}

async function rosterByNumber(tx: Sql, keys: Keyring, county: string): Promise<Map<string, string>> {
  const all = (await rosterOf(tx, county)).filter(({ anonymisedWall }) => anonymisedWall === null)
  const ids = new Map(all.map((of) => [rosterPerson(keys, of).idNo, of.id]))
  ids.delete('')
  return ids
}
