import { insertRow } from '../../db/insert-rows.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import { offices as officesTable } from '../../db/schema/index.ts'
import { isUnder } from '../../domain/people/permissions.ts'
import type { OfficeKind } from '../../domain/obligation/vocabulary.ts'
import { nameFault, type OfficeFault, officeFault } from '../../domain/people/office-tree.ts'
import { compact } from '../../ledgers/normalise.ts'
import { allOffices, type Office } from './offices.ts'

export type WantedOffice = {
  parent: string
  shortCode: string
  kind: OfficeKind
  name: string
  duties: string[]
}
export type OfficeChange =
  | { action: 'rename'; name: string; seen?: string | undefined }
  | { action: 'set-duties'; duties: string[]; seen: string[] }
  | { action: 'remove' }

/** Why an office cannot be changed, whatever is said of it. */
export const HOLDS = {
  'in-use': '这个单位还有人员、事项、视图或下级单位,不能删除;不用的,请先移交它的事项。',
  'named-in-file': '有一个还没有登记完的文件写着这个单位,不能删除;请先登记或取消那个文件。',
  'duty-needed': '今年的行动还要用这个单位承担的工作,本县没有别的单位承担;请先让另一个单位承担,再来改。',
  'version-mismatch': '内容刚被别人更新过,请重新读取后再操作。',
} as const
/** An office as it is now, or was where it is removed. `from` and `to`: what was changed. */
export type ChangedOffice = { office: Office; from: string | string[]; to: string | string[] | null }
export type OfficeHold = keyof typeof HOLDS

/** Thrown when an office cannot be added or changed as asked. */
export class OfficeRefusal extends Error {
  readonly why: OfficeFault | OfficeHold

  /** @param why a fault of what is asked for, or what holds the office as it is */
  constructor(why: OfficeFault | OfficeHold) {
    super(typeof why === 'string' ? HOLDS[why] : why.message)
    this.why = why
  }
}

/** What the database says of a row that others refer to. */
const REFERRED_TO = '23503'

/** Adds an office below one of these counties. @throws OfficeRefusal */
export async function addOffice(tx: Sql, counties: readonly string[], wanted: WantedOffice): Promise<Office> {
  const { parent, shortCode, kind, name, duties } = wanted
  const known = await lockOffices(tx, counties)
  const office = { code: `${parent}.${shortCode}`, parent, kind, name, duties }
  const fault = officeFault(office, known, compact)
  if (fault) throw new OfficeRefusal(fault)
  await insertRow(tx, officesTable, office)
  return office
}

/**
 * Changes an office of these counties, or removes it. The bureau itself is never removed.
 * @returns undefined where there is none of that code
 * @throws OfficeRefusal
 */
export async function changeOffice(
  tx: Sql,
  counties: readonly string[],
  code: string,
  change: OfficeChange,
): Promise<ChangedOffice | undefined> {
  const known = await lockOffices(tx, counties)
  const found = known.find((office) => office.code === code)
  if (!found) return undefined
  switch (change.action) {
    case 'rename': {
      if (change.seen !== undefined && change.seen !== found.name) throw new OfficeRefusal('version-mismatch')
      const renamed = { ...found, name: change.name }
      const fault = nameFault(renamed, known, compact)
      if (fault) throw new OfficeRefusal(fault)
      await tx.query('update offices set name = $2 where code = $1', [code, renamed.name])
      return { office: renamed, from: found.name, to: renamed.name }
    }
    case 'set-duties':
      if (!isSame(change.seen, found.duties)) throw new OfficeRefusal('version-mismatch')
      await mustNotNeed(
        tx,
        code,
        found.duties.filter((duty) => !change.duties.includes(duty)),
      )
      await tx.query('update offices set duties = $2 where code = $1', [code, JSON.stringify(change.duties)])
      return { office: { ...found, duties: change.duties }, from: found.duties, to: change.duties }
    case 'remove':
      await mustNotNeed(tx, code, found.duties)
      await removeOffice(tx, code)
      return { office: found, from: found.name, to: null }
  }
}

const isSame = (one: readonly string[], other: readonly string[]) =>
  [...new Set(one)].sort().join() === [...new Set(other)].sort().join()

/** A phase that opens finds its owners by their duties: one that nobody has any more would be owed by nobody. @throws OfficeRefusal */
async function mustNotNeed(tx: Sql, code: string, given: readonly string[]): Promise<void> {
  const needed = await rows<{ duty: string }>(tx, 'select duty from duban_needed_duties($1) as duty', [code])
  if (needed.some(({ duty }) => given.includes(duty))) throw new OfficeRefusal('duty-needed')
}

/** Files are asked about after the row is taken: one that was just being read has let it go by then (`holdOffices`). */
async function removeOffice(tx: Sql, code: string): Promise<void> {
  const removed = await row(tx, 'delete from offices where code = $1 returning 1', [code]).catch(
    (error: Error & { code?: string }) => {
      throw error.code === REFERRED_TO ? new OfficeRefusal('in-use') : error
    },
  )
  // The policy of the table keeps the bureau.
  if (!removed) throw new OfficeRefusal('in-use')
  if (await row(tx, 'select where duban_named_in_file($1)', [code])) throw new OfficeRefusal('named-in-file')
}

/** The offices of these counties; no two administrators change them at once, so that no two of them have one name. */
async function lockOffices(tx: Sql, counties: readonly string[]): Promise<Office[]> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('offices', 3))`)
  const all = await allOffices(tx)
  return all.filter(({ code }) => counties.some((county) => isUnder(code, county)))
}
