import { addDays, dayOf, type Instant, instantAt } from '../../domain/time/days.ts'
import { row, type Sql, ts } from '../../db/pool.ts'

/** So many days after its end whoever asked for a run can look up what became of each; what was done stands in each history. */
export const RUN_KEPT_DAYS = 90

const OLD = `state not in ('running','undoing') and ended_at < $1`

/** @returns business time: what ended before it is removed */
export function runsKeptFrom(now: Instant): Instant {
  return instantAt(addDays(dayOf(now), -RUN_KEPT_DAYS), '00:00')
}

/** Removes the old runs of whoever asks for a new one. */
export async function forgetOwnRuns(tx: Sql, actor: string, now: Instant): Promise<void> {
  await tx.query(`delete from bulk_runs where ${OLD} and actor = $2`, [ts(runsKeptFrom(now)), actor])
}

/** Removes the old runs of everybody. Role: the owner. @returns how many */
export async function forgetRuns(owner: Sql, now: Instant): Promise<number> {
  const { rowCount } = await owner.query(`delete from bulk_runs where ${OLD}`, [ts(runsKeptFrom(now))])
  return rowCount ?? 0
}

export async function countOldRuns(sql: Sql, now: Instant): Promise<number> {
  const found = await row<{ n: number }>(sql, `select count(*)::int as n from bulk_runs where ${OLD}`, [
    ts(runsKeptFrom(now)),
  ])
  return found?.n ?? 0
}
