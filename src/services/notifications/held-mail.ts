import type { Instant } from '../../domain/time/days.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import { poke } from '../watching/pokes.ts'
import { regularRound } from './rounds.ts'

/**
 * An administrator opens a county's mail. The courier, who sees all that waits, does the rest.
 * @returns false when it is open, or opening, already, or when the transaction does not act in that county
 */
export async function openMail(tx: Sql, county: string): Promise<boolean> {
  const opening = await row<{ done: boolean }>(tx, 'select duban_open_mail($1) as done', [county])
  if (!opening?.done) return false
  await poke(tx, 'courier', [county])
  return true
}

/**
 * What was held leaves with the next regular round, one digest a person. Deadlines did not fire meanwhile: they are asked
 * again, and their missed moments collapse as after an outage.
 */
export async function releaseHeldMail(tx: Sql, county: string, now: Instant): Promise<void> {
  await tx.query(`update counties set mail_state = 'open' where office = $1`, [county])
  await tx.query(
    `update notifications set round_at = $2 where county = $1 and state = 'queued' and round_at < $2`,
    [county, ts(await regularRound(tx, county, now))],
  )
  const watched = await rows<{ deadline: string }>(
    tx,
    `select distinct a.deadline from assignments a join deadlines d on d.id = a.deadline
      where d.county = $1 and a.ended_at is null`,
    [county],
  )
  await poke(
    tx,
    'deadline',
    watched.map(({ deadline }) => deadline),
  )
}

/** How many counties of this deployment are still preparing; whoever asks need not see them. */
export async function countPreparing(sql: Sql): Promise<number> {
  return (await row<{ n: number }>(sql, 'select duban_counties_preparing() as n'))?.n ?? 0
}
