import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { subjects } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { obligations } from '../../db/schema/index.ts'
import { conditionsOf, type ObligationSearch, type Scope } from '../obligations/search-conditions.ts'
import { inPlaces } from '../obligations/search-counts.ts'

const BEHIND = allOf(columnsAs(subjects, 's', { id: 'obligation' }), columns(obligations, 'o', ['office']))
export type Behind = RowsOf<typeof BEHIND>

/** Obligations of a list with a household whose name is still kept. Until the transaction ends, none of them is erased by an undo. */
export async function householdsBehind(
  tx: Sql,
  search: ObligationSearch,
  { scope, now, limit }: { scope: Scope; now: Instant; limit: number },
): Promise<Behind[]> {
  const where = conditionsOf(search, now, scope.held)
  inPlaces(where, search, scope)
  where.add('s.anonymised_wall is null')
  const text = `select ${BEHIND} from subjects s join obligations o on o.id = s.obligation
    ${where.text()} order by o.id limit ${limit} for key share of o`
  return (await tx.query<Behind>({ text, values: where.values })).rows
}

const STORED = columns(subjects, 's', ['obligation', 'encrypted', 'keyId'])

/** The households of these obligations, still encrypted. */
export function storedHouseholds(sql: Sql, ids: readonly string[]): Promise<RowsOf<typeof STORED>[]> {
  return selectRows(sql, STORED, 'from subjects s where s.obligation = any($1)', [ids])
}
