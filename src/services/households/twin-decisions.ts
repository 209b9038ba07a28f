import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { householdLinks } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'

const LINK = columns(householdLinks, 'l', [
  ...([
    'id',
    'county',
    'obligation',
    'other',
    'same',
    'decidedBy',
    'decidedAt',
    'endedBy',
    'endedAt',
  ] as const),
])
export type HouseholdLink = RowsOf<typeof LINK>
/** Two obligations, whichever is named first. */
export type Pair = readonly [string, string]

/** A pair stands in one order. */
function ordered([a, b]: Pair): [string, string] {
  return a < b ? [a, b] : [b, a]
}

/** Every decision about these obligations, those too that were taken back; the first decided first. */
export function linksAbout(sql: Sql, ids: readonly string[]): Promise<HouseholdLink[]> {
  const theirs =
    'from household_links l where obligation = any($1) or other = any($1) order by decided_at, id'
  return selectRows(sql, LINK, theirs, [ids])
}

/** The decision in force about a pair; held until the transaction ends. */
export function lockLink(tx: Sql, pair: Pair): Promise<HouseholdLink | undefined> {
  const one = 'from household_links l where obligation = $1 and other = $2 and ended_at is null for update'
  return selectRow(tx, LINK, one, ordered(pair))
}

export type Decision = { pair: Pair; same: boolean; county: string; by: string; now: Instant }

/** Keeps what a person decided of a possible twin. @returns whether it was kept: somebody else may have decided meanwhile */
export async function addLink(tx: Sql, { pair, same, county, by, now }: Decision): Promise<boolean> {
  const [obligation, other] = ordered(pair)
  const kept = await insertRow(
    tx,
    householdLinks,
    { id: newId('hl'), county, obligation, other, same, decidedBy: by, decidedAt: now },
    { onConflict: 'do nothing', returning: ['id'] },
  )
  return kept !== undefined
}

/** Takes a decision back. It stays in the story. */
export async function endLink(tx: Sql, id: string, { by, now }: { by: string; now: Instant }): Promise<void> {
  await tx.query('update household_links set ended_by = $2, ended_at = $3 where id = $1', [id, by, ts(now)])
}
