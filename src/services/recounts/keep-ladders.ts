import { silenceBehind } from '../../domain/escalation/silence-behind.ts'
import { groupBy } from '../../domain/grouping.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { type DeadlineRow, deadlineById, firingsOf } from '../deadlines/store.ts'
import { contextOf } from '../deadlines/plan-context.ts'

/** Work that goes on behind another deadline than the one it was behind. */
export type Moved = { from: string; to: string }

/**
 * Work that is late by its new day goes on where it stands on the ladder: no rung is told again, and none is left out since its time lay
 * before the recount. The deadlines were joined in silence, and are locked.
 */
export async function keepLadders(tx: Sql, moved: readonly Moved[], now: Instant): Promise<void> {
  for (const [to, pairs] of groupBy(moved, (pair) => pair.to)) {
    const deadline = await deadlineById(tx, to)
    if (deadline) await keepLadder(tx, deadline, [...new Set(pairs.map(({ from }) => from))], now)
  }
}

async function keepLadder(tx: Sql, deadline: DeadlineRow, from: readonly string[], now: Instant): Promise<void> {
  const ladder = await contextOf(tx, deadline)
  const places = []
  for (const old of from) places.push(silenceBehind(ladder, await toldBehind(tx, old), now))
  // Where they come from several ones, nothing is left out.
  const [first] = places.sort((a, b) => a.until - b.until)
  if (!first) return
  const { until, owed } = first
  const happened = (await firingsOf(tx, deadline.id)).some(({ moment }) => moment === owed)
  const { id, silentUntil } = deadline
  if (owed !== null && happened) await joinAloud(tx, id)
  else if (silentUntil !== null && owed !== null) await beSilentUntil(tx, id, Math.min(silentUntil, until))
  // Nobody else is behind it: it was joined in silence just now.
  else if (silentUntil === now) await beSilentUntil(tx, id, until)
}

/** Whoever was to be told of these moments has been; a line that still waits is dropped with the deadline that was left. */
async function toldBehind(tx: Sql, deadline: string): Promise<Set<string>> {
  const told = await rows<{ moment: string }>(
    tx,
    `select f.moment from firings f where f.deadline = $1
        and not exists (select from notifications n where n.deadline = f.deadline and n.moment = f.moment and n.state = 'queued')`,
    [deadline],
  )
  return new Set(told.map(({ moment }) => moment))
}

/** What had fired for others is told to those who are told of whoever joins. */
async function joinAloud(tx: Sql, deadline: string): Promise<void> {
  await tx.query('update deadlines set joins = joins + 1 where id = $1', [deadline])
}

async function beSilentUntil(tx: Sql, deadline: string, until: Instant): Promise<void> {
  await tx.query(
    'update deadlines set silent_until = $2, started_at = least(started_at, $2) where id = $1',
    [deadline, ts(until)],
  )
}
