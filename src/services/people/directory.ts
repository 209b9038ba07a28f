import type { Colleague } from '../../domain/people/absence.ts'
import { type Directory, makeDirectory } from '../../domain/escalation/directory.ts'
import { officesAround, type RoleHolding, roleHoldings } from './offices.ts'
import { readKept } from '../../db/kept-reads.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { people } from '../../db/schema/index.ts'
import { columns, type RowsOf } from '../../db/select-columns.ts'

const COLLEAGUE = columns(people, 'chain', ['id', 'active', 'absentFrom', 'absentUntil', 'substitute'])

/** Who holds which role in an office, its ancestors and their centres: everybody its ladder can reach. */
export function directoryAround(sql: Sql, office: string): Promise<Directory> {
  return readKept(sql, 'directory', `around ${office}`, () => readAround(sql, office))
}

async function readAround(sql: Sql, office: string): Promise<Directory> {
  const offices = await officesAround(sql, office)
  const holdings = await roleHoldings(
    sql,
    offices.map((o) => o.code),
  )
  return makeDirectory(offices, holdings, await substitutesBeyond(sql, holdings))
}

/** The chain of substitutes of these people who are not among them. Mostly there are none, and nothing is asked. */
export async function substitutesBeyond(sql: Sql, holdings: readonly RoleHolding[]): Promise<Colleague[]> {
  const known = new Set(holdings.map((h) => h.personId))
  const wanted = holdings.flatMap(({ substitute }) =>
    substitute !== null && !known.has(substitute) ? [substitute] : [],
  )
  if (wanted.length === 0) return []
  return rows<RowsOf<typeof COLLEAGUE>>(
    sql,
    `with recursive chain as (
       select * from people where id = any($1) union select p.* from people p join chain c on p.id = c.substitute)
     select ${COLLEAGUE} from chain`,
    [wanted],
  )
}
