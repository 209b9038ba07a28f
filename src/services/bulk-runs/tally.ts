import type { BulkItemState } from '../../domain/obligation/bulk-run.ts'
import { rows, type Sql } from '../../db/pool.ts'

export type Tally = Record<BulkItemState, number>
/** Those with the same sentence. `ids`: the first of them. */
export type WhyNot = { state: BulkItemState; refused: string; message: string; count: number; ids: string[] }

const NAMED = 20

/** How many of each run are in each state. */
export async function talliesOf(sql: Sql, runs: readonly string[]): Promise<Map<string, Tally>> {
  const counted = await rows<{ run: string; state: BulkItemState; n: number }>(
    sql,
    'select run, state, count(*)::int as n from bulk_items where run = any($1) group by run, state',
    [runs],
  )
  const tallies = new Map(runs.map((run) => [run, emptyTally()]))
  for (const { run, state, n } of counted) (tallies.get(run) ?? emptyTally())[state] = n
  return tallies
}

function emptyTally(): Tally {
  return { left: 0, done: 0, refused: 0, skipped: 0, undone: 0, kept: 0 }
}

/** Why some were not done, or not taken back: the most frequent sentence first. */
export function whyNotOf(sql: Sql, run: string): Promise<WhyNot[]> {
  return rows(
    sql,
    `select state, refused, message, count(*)::int as count, (array_agg(obligation order by seq))[1:${NAMED}] as ids
       from bulk_items where run = $1 and refused is not null
      group by state, refused, message order by count(*) desc, message limit 50`,
    [run],
  )
}
