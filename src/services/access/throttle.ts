import type { Attempts } from './attempts-store.ts'
import type { Instant } from '../../domain/time/days.ts'

/** `healMs`: this long after a failure and its wait one is forgotten, after twice as long two. All in milliseconds. */
export type ThrottleRule = { free: number; firstMs: number; longestMs: number; healMs: number }

const SECOND = 1_000
const MINUTE = 60 * SECOND

/**
 * One account: three slips are free, then each costs twice the wait of the one before. Never for good: that would let
 * anybody lock anybody out.
 */
export const PER_ACCOUNT: ThrottleRule = {
  free: 3,
  firstMs: SECOND,
  longestMs: 15 * MINUTE,
  healMs: 60 * MINUTE,
}
/** One address: an office shares it, and its people slip all day long. */
export const PER_ADDRESS: ThrottleRule = {
  free: 30,
  firstMs: SECOND,
  longestMs: 5 * MINUTE,
  healMs: 2 * MINUTE,
}

/** The next attempt is heard at this instant; null: now. */
export function blockedUntil(attempts: Attempts | undefined, wallNow: Instant): Instant | null {
  const until = attempts?.blockedUntilWall ?? null
  return until !== null && until > wallNow ? until : null
}

/** The state after one more failure. */
export function afterFailure(attempts: Attempts | undefined, rule: ThrottleRule, wallNow: Instant): Attempts {
  const failures = Math.min(standing(attempts, rule, wallNow) + 1, most(rule))
  const wait = failures <= rule.free ? 0 : Math.min(waitAt(failures, rule), rule.longestMs)
  return { failures, lastWall: wallNow, blockedUntilWall: wait === 0 ? null : wallNow + wait }
}

/** Failures that have not healed. */
function standing(attempts: Attempts | undefined, { healMs }: ThrottleRule, wallNow: Instant): number {
  if (!attempts) return 0
  const quietSince = attempts.blockedUntilWall ?? attempts.lastWall
  const healed = Math.max(0, Math.floor((wallNow - quietSince) / healMs))
  return Math.max(0, attempts.failures - healed)
}

function waitAt(failures: number, { free, firstMs }: ThrottleRule): number {
  return firstMs * 2 ** (failures - free - 1)
}

/** Where the wait is at its longest, more failures say nothing new, and would take the longer to heal. */
function most({ free, firstMs, longestMs }: ThrottleRule): number {
  return free + 1 + Math.ceil(Math.log2(longestMs / firstMs))
}
