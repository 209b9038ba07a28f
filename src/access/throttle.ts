import type { Attempts } from '../db/throttle-store.ts'
import type { Instant } from '../domain/days.ts'

export type ThrottleRule = { free: number; firstMs: number; longestMs: number; forgetMs: number }

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** One account: three slips are free, then each costs twice the wait of the one before. Never for good: that would let anybody lock anybody out. */
export const PER_ACCOUNT: ThrottleRule = {
  free: 3,
  firstMs: SECOND,
  longestMs: 15 * MINUTE,
  forgetMs: 24 * 60 * MINUTE,
}
/** One address: an office shares it, so it has more. */
export const PER_ADDRESS: ThrottleRule = {
  free: 30,
  firstMs: SECOND,
  longestMs: 5 * MINUTE,
  forgetMs: 60 * MINUTE,
}

/** The next attempt is heard at this instant; null: now. */
export function blockedUntil(attempts: Attempts | undefined, wallNow: Instant): Instant | null {
  const until = attempts?.blockedUntilWall ?? null
  return until !== null && until > wallNow ? until : null
}

/** The state after one more failure. */
export function afterFailure(attempts: Attempts | undefined, rule: ThrottleRule, wallNow: Instant): Attempts {
  const forgotten = !attempts || attempts.lastWall < wallNow - rule.forgetMs
  const failures = forgotten ? 1 : attempts.failures + 1
  const beyond = failures - rule.free
  // The exponent is bounded: 2 ** 1100 is no number.
  const wait = beyond <= 0 ? 0 : Math.min(rule.firstMs * 2 ** Math.min(beyond - 1, 30), rule.longestMs)
  return { failures, lastWall: wallNow, blockedUntilWall: wait === 0 ? null : wallNow + wait }
}
