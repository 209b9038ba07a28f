import { type Directory, makeDirectory } from '../domain/office-holders.ts'
import { officesAround, roleHoldings } from './office-store.ts'
import type { Sql } from './pool.ts'

/** Who holds which role in an office, its ancestors and their centres: everybody its ladder can reach. */
export async function directoryAround(sql: Sql, office: string): Promise<Directory> {
  const offices = await officesAround(sql, office)
  const holdings = await roleHoldings(
    sql,
    offices.map((o) => o.code),
  )
  return makeDirectory(offices, holdings)
}
