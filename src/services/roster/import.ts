import type { Instant } from '../../domain/time/days.ts'
import { keepUnsaid, matchHouseholds } from '../../ledgers/household-key.ts'
import { newId } from '../../db/ids.ts'
import { insertRow, insertRows, oneByOne } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import { rosterChanges, rosterHouseholds, rosterImports } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import type { Keyring } from '../vault/encryption.ts'
import { encryptBefore, isSameContent, rosterColumns, type RosterContent, rosterPerson } from './content.ts'
import { type RosterHousehold, rosterOf } from './store.ts'

type Known = RosterHousehold & Pick<RosterContent, 'person'> & { content: RosterContent }
type Changed = { known: Known; content: RosterContent }
/** What a file would do: households that are new, that are known and differ, and those that stay as they are. */
export type RosterPlan = { added: RosterContent[]; changed: Changed[]; unchanged: number }

/** The households of a file, and the columns that it does not have. */
export type RosterList = { list: readonly RosterContent[]; absent: readonly string[] }

/** Compares a file with the roster: by number, else by town, village and name. */
export async function planRoster(
  sql: Sql,
  keys: Keyring,
  county: string,
  { list, absent }: RosterList,
): Promise<RosterPlan> {
  const known = matchHouseholds(await knownOf(sql, keys, county), list)
  const plan: RosterPlan = { added: [], changed: [], unchanged: 0 }
  for (const [i, said] of list.entries()) {
    const before = known[i]
    if (!before) {
      plan.added.push(said)
      continue
    }
    const content = changedContent(before.content, said, absent)
    if (isSameContent(before.content, content)) plan.unchanged++
    else plan.changed.push({ known: before, content })
  }
  return plan
}

/** A file that lacks a column changes nothing of it. A household that is no longer covered has no day since when it is. */
function changedContent(
  before: RosterContent,
  said: RosterContent,
  absent: readonly string[],
): RosterContent {
  const keepsDay = absent.includes('coveredSince') && said.cover !== 'none'
  return {
    ...said,
    coveredSince: keepsDay ? before.coveredSince : said.coveredSince,
    person: keepUnsaid(before.person, said.person, absent),
  }
}

async function knownOf(sql: Sql, keys: Keyring, county: string): Promise<Known[]> {
  const all = await rosterOf(sql, county)
  return all
    .filter(({ anonymisedWall }) => anonymisedWall === null)
    .map((of) => {
      const { office, group, cover, coveredSince } = of
      const person = rosterPerson(keys, of)
      return { ...of, person, content: { office, group, cover, coveredSince, person } }
    })
}

const BATCH = 1_000

/** Registers a file of the roster. The caller has locked it and planned under the lock. @returns the id by which it is taken back */
export async function applyRoster(
  tx: Sql,
  keys: Keyring,
  { county, plan, by, now }: { county: string; plan: RosterPlan; by: string; now: Instant },
): Promise<string> {
  const id = newId('ri')
  const { added, changed } = plan
  await insertRow(tx, rosterImports, {
    ...{ id, county, state: 'applied', added: added.length, changed: changed.length },
    ...{ createdBy: by, createdAt: now },
  })
  const constant = { county, import: id, createdBy: by, createdAt: now, changedAt: now }
  for (const part of inBatches(added)) {
    const fresh = oneByOne(part, (content) => newRow(keys, content))
    await insertRows(tx, rosterHouseholds, fresh, { constant })
  }
  for (const part of inBatches(changed)) await changeAll(tx, keys, { id, part, now })
  return id
}

function newRow(keys: Keyring, content: RosterContent) {
  const household = newId('rh')
  return { id: household, ...rosterColumns(keys, household, content) }
}

async function changeAll(
  tx: Sql,
  keys: Keyring,
  { id, part, now }: { id: string; part: readonly Changed[]; now: Instant },
): Promise<void> {
  const before = part.map(({ known }) => ({
    ...{ household: known.id, version: known.version + 1 },
    ...encryptBefore(keys, id, known.id, known.content),
  }))
  await insertRows(tx, rosterChanges, before, { constant: { import: id } })
  const after = part.map(({ known, content }) => ({
    ...{ id: known.id, version: known.version + 1 },
    ...rosterColumns(keys, known.id, content),
  }))
  await updateRows(tx, rosterHouseholds, ['id'], after, { changedAt: now })
}

function* inBatches<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += BATCH) yield list.slice(at, at + BATCH)
}
