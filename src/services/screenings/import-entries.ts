import { isDeepStrictEqual } from 'node:util'
import type { EntryVisit } from '../../domain/obligation/screening-entry.ts'
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
  type EntryRow,
  type ScreenedHousehold,
  type WrittenEntry,
} from './entries.ts'

/** The entries of a file, and the columns that it does not have. */
export type EntryList = { rows: readonly FileRow[]; absent: readonly string[] }
/**
 * What a file would do to a screening: households that are new, that were written down before and differ, and that stay as they
 * are. `replaced`: of those that differ, the ones whose visit was written down otherwise.
 */
export type EntryPlan = {
  added: WrittenEntry[]
  changed: ChangedEntry[]
  replaced: number
  unchanged: number
}

/** Compares a file with what was written down: by number, else by village and name. */
export async function planEntries(
  tx: Sql,
  keys: Keyring,
  { obligation, county }: { obligation: string; county: string },
  { rows, absent }: EntryList,
): Promise<EntryPlan> {
  const known = matchHouseholds(await knownEntries(tx, keys, obligation), rows)
  const rosterIds = await rosterByNumber(tx, keys, county)
  const plan: EntryPlan = { added: [], changed: [], replaced: 0, unchanged: 0 }
  for (const [i, row] of rows.entries()) {
    const before = known[i]
    const entry = before ? saidOver(before, row, absent) : entryIn(row)
    const roster = before?.roster ?? rosterIds.get(entry.household.idNo) ?? null
    if (before) addKnown(plan, before, { ...entry, roster })
    else plan.added.push({ ...entry, roster })
  }
  return plan
}

type KnownEntry = EntryRow & { person: ScreenedHousehold }
type SaidEntry = Omit<WrittenEntry, 'roster'>

function entryIn({ person, visitors, visit }: FileRow): SaidEntry {
  return { visit, household: { ...person, visitors } }
}

/** A row without a visit says nothing of the one that is known. */
function saidOver(before: KnownEntry, row: FileRow, absent: readonly string[]): SaidEntry {
  const { visit, household } = entryIn(row)
  const isVisited = visit.visitedOn !== null
  const unsaid = isVisited || row.visitors !== '' ? absent : [...absent, 'visitors']
  return {
    visit: isVisited ? visit : visitOf(before),
    household: keepUnsaid(before.person, household, unsaid),
  }
}

function addKnown(plan: EntryPlan, before: KnownEntry, entry: WrittenEntry): void {
  const isSameVisit = isDeepStrictEqual(entry.visit, visitOf(before))
  const isSame = isSameVisit && isDeepStrictEqual(entry.household, before.person)
  if (isSame && entry.roster === before.roster) plan.unchanged++
  else plan.changed.push({ ...entry, id: before.id, version: before.version })
  if (!isSameVisit && before.visitedOn !== null) plan.replaced++
}

function visitOf({ visitedOn, finding, follow }: EntryVisit): EntryVisit {
  return { visitedOn, finding, follow }
}

/** Registers it. The caller holds the screening. */
export async function applyEntries(
  tx: Sql,
  keys: Keyring,
  order: { obligation: string; by: string; now: Instant },
  { added, changed }: Pick<EntryPlan, 'added' | 'changed'>,
): Promise<void> {
  await addEntries(tx, keys, order, added)
  await changeEntries(tx, keys, changed)
}

async function knownEntries(tx: Sql, keys: Keyring, obligation: string): Promise<KnownEntry[]> {
  const all = await allEntriesOf(tx, obligation)
  return all.map((entry) => ({ ...entry, person: decryptEntry(keys, entry) }))
}

async function rosterByNumber(tx: Sql, keys: Keyring, county: string): Promise<Map<string, string>> {
  const all = (await rosterOf(tx, county)).filter(({ anonymisedWall }) => anonymisedWall === null)
  const ids = new Map(all.map((of) => [rosterPerson(keys, of).idNo, of.id]))
  ids.delete('')
  return ids
}
