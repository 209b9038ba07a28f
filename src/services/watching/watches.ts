import type { Instant } from '../../domain/time/days.ts'
import type { PokeGroup } from './pokes.ts'
import { insertRow, insertRows } from '../../db/insert-rows.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import { watches } from '../../db/schema/index.ts'
import { columns, selectRow, selectRows } from '../../db/select-columns.ts'

export type Watch = RowOf<typeof watches, 'kind' | 'subject'>
/** What a workflow learned: when it will wake, or that nothing is left to watch. */
export type WakePlan = { wakeAt: Instant | null; done: boolean }

/** Called before the signal leaves; from then on the watch counts as unanswered. */
export async function markRelayed(sql: Sql, groups: readonly PokeGroup[], wallNow: number): Promise<void> {
  const relayed = groups.map(({ kind, subject, upTo }) => ({ kind, subject, relayed: upTo }))
  await insertRows(sql, watches, relayed, {
    constant: { relayedWall: wallNow },
    onConflict: `(kind, subject) do update
      set relayed = greatest(watches.relayed, excluded.relayed), relayed_wall = excluded.relayed_wall`,
  })
}

/**
 * Stores the wake plan with the poke it answers, so that the watchdog sees unanswered pokes. `poke` 0 answers a
 * timer.
 */
export async function recordWake(
  sql: Sql,
  watch: Watch,
  poke: number,
  given: WakePlan,
  wallNow: number,
): Promise<void> {
  const { kind, subject } = watch
  const { wakeAt, done } = given
  await insertRow(
    sql,
    watches,
    { kind, subject, relayed: poke, answered: poke, wakeAt, done, answeredWall: wallNow },
    {
      onConflict: `(kind, subject) do update set answered = greatest(watches.answered, excluded.answered),
        wake_at = excluded.wake_at, done = excluded.done, answered_wall = excluded.answered_wall`,
    },
  )
}

export async function readWatch(sql: Sql, watch: Watch) {
  const list = columns(watches, 'w', ['relayed', 'answered', 'wakeAt', 'done'])
  return selectRow(sql, list, 'from watches w where kind = $1 and subject = $2', [watch.kind, watch.subject])
}

/** The earliest wake of all: where a stepped clock goes next. */
export async function earliestWake(sql: Sql): Promise<Instant | null> {
  const found = await row<{ at: Instant | null }>(
    sql,
    'select min(wake_at) as at from watches where not done',
  )
  return found?.at ?? null
}

/** The watches that should have woken by now. Timers do not run under a stepped clock. */
export function dueWatches(sql: Sql, now: Instant): Promise<Watch[]> {
  const list = columns(watches, 'w', ['kind', 'subject'])
  return selectRows(sql, list, 'from watches w where not done and wake_at <= $1', [ts(now)])
}
