import type { Instant } from '../../domain/time/days.ts'
import { rosterHouseholds } from '../../db/schema/index.ts'
import type { Sql } from '../../db/pool.ts'
import { allOf, columns, computed, selectRows } from '../../db/select-columns.ts'
import { ENTRY_OF_ROSTER, OWED_BY } from '../obligations/owed-households.ts'
import { rosterPerson } from '../roster/content.ts'
import type { Keyring } from '../vault/encryption.ts'
import { addEntries, type WrittenEntry } from './entries.ts'

const OWED = allOf(
  columns(rosterHouseholds, 'h', ['id', 'encrypted', 'keyId']),
  computed<{ known: boolean }>({
    known: `exists (select from screening_entries e where e.obligation = o.id and ${ENTRY_OF_ROSTER})`,
  }),
)
const NOT_VISITED = { visitedOn: null, finding: null, follow: null }

/** What carrying over did: households that were added, and that were written down before. */
export type CarriedOver = { added: number; known: number }

/** Writes down every household of the roster that a screening must reach as not visited yet. What is there already stays. */
export async function carryOverRoster(
  tx: Sql,
  keys: Keyring,
  order: { obligation: string; by: string; now: Instant },
): Promise<CarriedOver> {
  const owed = await selectRows(
    tx,
    OWED,
    `from obligations o join roster_households h on ${OWED_BY} where o.id = $1 order by h.id`,
    [order.obligation],
  )
  const fresh = owed.filter(({ known }) => !known)
  const entries = fresh.map((of): WrittenEntry => ({
    ...{ roster: of.id, visit: NOT_VISITED },
    household: { ...rosterPerson(keys, of), visitors: '' },
  }))
  await addEntries(tx, keys, order, entries)
  return { added: fresh.length, known: owed.length - fresh.length }
}
