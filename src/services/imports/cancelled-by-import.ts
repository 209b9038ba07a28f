import { keyInState, warningKeysOf } from '../../domain/obligation/warning-key.ts'
import type { State } from '../../domain/obligation/vocabulary.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { assignments, obligations } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, computed, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { linesAbout } from '../obligations/lines-about.ts'
import { PEOPLES_ACTIONS } from '../obligations/touched.ts'

const CANCELLED = allOf(
  columns(obligations, 'o', ['id', 'externalId', 'key', 'state', 'version']),
  columnsAs(assignments, 'a', { assignment: 'id' }),
  columns(assignments, 'a', ['stage', 'office', 'deadline', 'dueAt', 'dueOn']),
  computed<{ person: string | null; before: State; acted: boolean; erased: boolean; told: boolean }>({
    // Whoever has left meanwhile holds nothing again.
    person: '(select p.id from people p where p.id = a.person and p.active)',
    before: `coalesce((select e.state from events e where e.obligation = o.id and e.id < c.id order by e.id desc limit 1), 'open')`,
    acted: `exists (select from events e where e.obligation = o.id and e.id > c.id and e.action in (${PEOPLES_ACTIONS}))`,
    erased: 'not exists (select from subjects s where s.obligation = o.id and s.anonymised_wall is null)',
    told: `exists (select from ${linesAbout('o.id')} n where n.state = 'mailed')`,
  }),
)
export type CancelledByImport = RowsOf<typeof CANCELLED>

/** Why a warning that an import has cancelled stays cancelled. */
export type StaysBecause = 'acted' | 'came-again' | 'erased' | 'office-gone'
export type Restorable = {
  restored: CancelledByImport[]
  stays: (CancelledByImport & { why: StaysBecause })[]
}

/** What an import has cancelled as withdrawn at the source, parted into what can live again as it was and what cannot. */
export async function cancelledByImport(
  sql: Sql,
  importId: string,
  offices: ReadonlySet<string>,
): Promise<Restorable> {
  // An earlier release did not write the import beside what it cancelled; then it was the first to cancel it.
  const found = await selectRows(
    sql,
    CANCELLED,
    `from import_withdrawals w join obligations o on o.id = w.obligation
       join lateral (select e.id from events e where e.obligation = o.id and e.action = 'cancel'
                      order by e.detail ->> 'import' is not distinct from w.import desc, e.id limit 1) c on true
       join lateral (select * from assignments x where x.obligation = o.id and x.stage not in ('extension','hand-over')
                      order by x.ended_at desc nulls first, x.started_at desc, x.id desc limit 1) a on true
      where w.import = $1 and w.state = 'cancelled' order by o.id`,
    [importId],
  )
  const taken = await keysTaken(sql, found)
  const restorable: Restorable = { restored: [], stays: [] }
  for (const one of found) {
    const why = staysBecause(one, taken, offices)
    if (why === null) restorable.restored.push(one)
    else restorable.stays.push({ ...one, why })
  }
  return restorable
}

/** The key under which it lives again. */
export function keyBefore({ id, key, before }: CancelledByImport): string | null {
  return keyInState({ id, key }, before)
}

function staysBecause(
  one: CancelledByImport,
  taken: ReadonlySet<string>,
  offices: ReadonlySet<string>,
): StaysBecause | null {
  const key = keyBefore(one)
  if (one.state !== 'cancelled' || one.acted || key === null) return 'acted'
  if (warningKeysOf(key).some((k) => taken.has(k))) return 'came-again'
  if (one.erased) return 'erased'
  return offices.has(one.office) ? null : 'office-gone'
}

async function keysTaken(sql: Sql, found: readonly CancelledByImport[]): Promise<Set<string>> {
  const keys = found.flatMap((one) => warningKeysOf(keyBefore(one) ?? ''))
  const taken = await rows<{ key: string }>(sql, 'select key from obligations where key = any($1)', [keys])
  return new Set(taken.map(({ key }) => key))
}
