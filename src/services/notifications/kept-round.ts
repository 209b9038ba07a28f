import type { Calendar } from '../../domain/time/calendar.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import { nextRound } from '../../domain/time/office-hours.ts'
import { type Sql, ts } from '../../db/pool.ts'
import type { County } from '../people/offices.ts'
import { nextNotificationRound } from './store.ts'

/**
 * The first round that owes lines. Those of a day that has become free since they were owed go with the first round after it, once
 * theirs has come: nobody works who could read them.
 */
export async function nextKeptRound(
  tx: Sql,
  home: Pick<County, 'office' | 'hours'>,
  calendar: Calendar,
  now: Instant,
): Promise<Instant | null> {
  const round = await nextNotificationRound(tx, home.office)
  if (round === null || round > now || calendar.isWorking(dayOf(round))) return round
  await tx.query(
    `update notifications set round_at = $3 where county = $1 and state = 'queued' and round_at = $2`,
    [home.office, ts(round), ts(nextRound(round, home.hours, calendar))],
  )
  return nextKeptRound(tx, home, calendar, now)
}
