import type { Logger } from 'pino'
import { ACCOUNTANT } from '../contract/timeouts.ts'
import type { Unaccounted, UnaccountedCode } from '../domain/escalation/standing-check.ts'
import { findUntold } from '../services/accounting/unaccounted.ts'
import { counties } from '../services/people/offices.ts'
import { now as businessNow } from '../services/schedule/clock.ts'
import type { Pool, Sql } from '../db/pool.ts'
import { logFailure, startLoop } from './loop.ts'

/** What all counties together have left without an account; null before it was counted. What nobody watches is the watchdog's. */
export type Left = Partial<Record<UnaccountedCode, number>>
export type Accountant = { stop(): Promise<void>; left(): Left | null }

/**
 * Counts now and then what is left without an account (R20), for whoever measures. It tells nobody: that is the daily check's.
 * @param after nothing is counted before this
 */
export function startAccountant(
  { pool, log }: { pool: Pool; log: Logger },
  everyMs: number = ACCOUNTANT.everyMs,
  after?: Promise<unknown>,
): Accountant {
  let left: Left | null = null
  const loop = startLoop({
    everyMs,
    ...(after && { after }),
    async pass() {
      left = await countLeft(pool)
    },
    onError: logFailure(log, 'what is left without an account could not be counted'),
  })
  return { left: () => left, stop: loop.stop }
}

/** The sums over all counties. */
export async function countLeft(sql: Sql): Promise<Left> {
  const now = await businessNow(sql)
  const found: Unaccounted[] = []
  for (const { office } of await counties(sql)) found.push(...(await findUntold(sql, office, now)))
  return found.reduce<Left>((sum, { code, count }) => ({ ...sum, [code]: (sum[code] ?? 0) + count }), {})
}
