import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { poke } from '../watching/pokes.ts'

/** A transaction that ends something lasts no longer: what it does just before a day's end is seen after it. */
const LONGEST_ACTION_MS = 5 * 60_000

/** Something ended: a phase past its day, or about to be, may be able to close now, so its timeline is asked. */
export async function pokeWaitingTimelines(
  tx: Sql,
  obligations: readonly string[],
  now: Instant,
): Promise<void> {
  const waiting = await rows<{ id: string }>(
    tx,
    `select distinct p.campaign as id from obligations o join phases p on p.campaign = o.campaign
      where o.id = any($1) and p.opened_at is not null and p.closed_at is null
        and (p.due_on + 1)::timestamp at time zone 'Asia/Shanghai' <= $2`,
    [obligations, ts(now + LONGEST_ACTION_MS)],
  )
  await poke(
    tx,
    'timeline',
    waiting.map((w) => w.id),
  )
}
