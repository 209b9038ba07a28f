import type { Instant } from '../../domain/time/days.ts'
import type { PokeGroup, WatchKind } from './pokes.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'

export type Watch = { kind: WatchKind; subject: string }
/** What a workflow learned: when it will wake, or that nothing is left to watch. */
export type WakePlan = { wakeAt: Instant | null; done: boolean }

/** Called before the signal leaves; from then on the watch counts as unanswered. */
export async function markRelayed(sql: Sql, groups: readonly PokeGroup[], wallNow: number): Promise<void> {
  await sql.query(
    `insert into watches (kind, subject, relayed, relayed_wall)
     select kind, subject, up_to, $4 from unnest($1::text[], $2::text[], $3::bigint[]) as g(kind, subject, up_to)
     on conflict (kind, subject) do update
       set relayed = greatest(watches.relayed, excluded.relayed), relayed_wall = excluded.relayed_wall`,
    [groups.map((g) => g.kind), groups.map((g) => g.subject), groups.map((g) => g.upTo), ts(wallNow)],
  )
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
  await sql.query(
    `insert into watches (kind, subject, relayed, answered, wake_at, done, answered_wall) values ($1, $2, $3, $3, $4, $5, $6)
     on conflict (kind, subject) do update
       set answered = greatest(watches.answered, $3), wake_at = $4, done = $5, answered_wall = $6`,
    [
      watch.kind,
      watch.subject,
      poke,
      given.wakeAt === null ? null : ts(given.wakeAt),
      given.done,
      ts(wallNow),
    ],
  )
}

export async function readWatch(sql: Sql, watch: Watch) {
  return row<{ relayed: number; answered: number; wakeAt: Instant | null; done: boolean }>(
    sql,
    `select relayed, answered, wake_at as "wakeAt", done from watches where kind = $1 and subject = $2`,
    [watch.kind, watch.subject],
  )
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
  return rows(sql, 'select kind, subject from watches where not done and wake_at <= $1', [ts(now)])
}
