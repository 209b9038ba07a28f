import type { Attempts } from './attempts-store.ts'
import type { Instant } from '../../domain/time/days.ts'

/**
 * After `healMs` past a failure and its wait, one failure is forgotten; after twice as long, two. All in
 * milliseconds.
 */
export type ThrottleRule = { free: number; firstMs: number; longestMs: number; healMs: number }

const SECOND = 1_000
const MINUTE = 60 * SECOND

/**
 * One account: three failures are free, then each doubles the wait. The wait is never for good, since anybody
 * could then lock anybody out.
 */
export const PER_ACCOUNT: ThrottleRule = {
  free: 3,
  firstMs: SECOND,
  longestMs: 15 * MINUTE,
  healMs: 60 * MINUTE,
}
/** One address: a whole office shares it, and its people mistype all day. */
export const PER_ADDRESS: ThrottleRule = {
  free: 30,
  firstMs: SECOND,
  longestMs: 5 * MINUTE,
  healMs: 2 * MINUTE,
}

/** When the next attempt is allowed; null for now. */
export function blockedUntil(attempts: Attempts | undefined, wallNow: Instant): Instant | null {
  const until = attempts?.blockedUntilWall ?? null
  return until !== null && until > wallNow ? until : null
}

/** The state after one more failure. */
export function afterFailure(attempts: Attempts | undefined, rule: ThrottleRule, wallNow: Instant): Attempts {
  const failures = Math.min(failuresNow(attempts, rule, wallNow) + 1, mostFailures(rule))
  const wait = failures <= rule.free ? 0 : Math.min(waitAt(failures, rule), rule.longestMs)
  return { failures, lastWall: wallNow, blockedUntilWall: wait === 0 ? null : wallNow + wait }
}

/** The number of failures that still count. */
function failuresNow(attempts: Attempts | undefined, { healMs }: ThrottleRule, wallNow: Instant): number {
  if (!attempts) return 0
  const quietSince = attempts.blockedUntilWall ?? attempts.lastWall
  const healed = Math.max(0, Math.floor((wallNow - quietSince) / healMs))
  return Math.max(0, attempts.failures - healed)
}

function waitAt(failures: number, { free, firstMs }: ThrottleRule): number {
  return firstMs * 2 ** (failures - free - 1)
}

/** Once the wait is longest, more failures would only heal more slowly. */
function mostFailures({ free, firstMs, longestMs }: ThrottleRule): number {
  return free + 1 + Math.ceil(Math.log2(longestMs / firstMs))
}
