import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql } from '../../db/pool.ts'
import { offices as officesTable } from '../../db/schema/index.ts'
import { isUnder } from '../../domain/people/permissions.ts'
import type { OfficeKind } from '../../domain/obligation/vocabulary.ts'
import { nameFault, type OfficeFault, officeFault } from '../../domain/people/office-tree.ts'
import { allOffices, type Office } from './offices.ts'

export type WantedOffice = {
  parent: string
  shortCode: string
  kind: OfficeKind
  name: string
  duties: string[]
}
export type OfficeChange =
  { action: 'rename'; name: string } | { action: 'set-duties'; duties: string[] } | { action: 'remove' }

/** Thrown when an office cannot be added or changed as asked. */
export class OfficeRefusal extends Error {
  readonly fault: OfficeFault | null

  /** @param fault null where the office is used, so that it cannot be removed */
  constructor(fault: OfficeFault | null) {
    super(fault?.message ?? '这个单位还有人员、事项、视图或下级单位,不能删除;不用的,请先移交它的事项。')
    this.fault = fault
  }
}

/** What the database says of a row that others refer to. */
const REFERRED_TO = '23503'

/** Adds an office below one of these counties. @throws OfficeRefusal */
export async function addOffice(tx: Sql, counties: readonly string[], wanted: WantedOffice): Promise<Office> {
  const { parent, shortCode, kind, name, duties } = wanted
  const known = await lockOffices(tx, counties)
  const office = { code: `${parent}.${shortCode}`, parent, kind, name, duties }
  const fault = officeFault(office, known)
  if (fault) throw new OfficeRefusal(fault)
  await insertRow(tx, officesTable, office)
  return office
}

/**
 * Changes an office of these counties, or removes it. The bureau is only named anew.
 * @returns the office as it is now, or as it was; undefined where there is none of that code
 * @throws OfficeRefusal
 */
export async function changeOffice(
  tx: Sql,
  counties: readonly string[],
  code: string,
  change: OfficeChange,
): Promise<Office | undefined> {
  const known = await lockOffices(tx, counties)
  const found = known.find((office) => office.code === code)
  if (!found) return undefined
  switch (change.action) {
    case 'rename': {
      const renamed = { ...found, name: change.name }
      const fault = nameFault(renamed, known)
      if (fault) throw new OfficeRefusal(fault)
      await tx.query('update offices set name = $2 where code = $1', [code, renamed.name])
      return renamed
    }
    case 'set-duties':
      await tx.query('update offices set duties = $2 where code = $1', [code, JSON.stringify(change.duties)])
      return { ...found, duties: change.duties }
    case 'remove':
      await removeOffice(tx, code)
      return found
  }
}

async function removeOffice(tx: Sql, code: string): Promise<void> {
  const removed = await row(tx, 'delete from offices where code = $1 returning 1', [code]).catch(
    (error: Error & { code?: string }) => {
      throw error.code === REFERRED_TO ? new OfficeRefusal(null) : error
    },
  )
  // The policy of the table keeps the bureau.
  if (!removed) throw new OfficeRefusal(null)
}

/** The offices of these counties; no two administrators change them at once, so that no two of them have one name. */
async function lockOffices(tx: Sql, counties: readonly string[]): Promise<Office[]> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('offices', 3))`)
  const all = await allOffices(tx)
  return all.filter(({ code }) => counties.some((county) => isUnder(code, county)))
}
