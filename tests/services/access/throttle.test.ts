import { describe, expect, test } from 'vitest'
import {
  afterFailure,
  blockedUntil,
  PER_ACCOUNT,
  PER_ADDRESS,
  type ThrottleRule,
} from '../../../src/services/access/throttle.ts'
import type { Attempts } from '../../../src/services/access/attempts-store.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const NOON = Date.UTC(2026, 4, 6, 12)

/** Fails so many times, each as soon as it is heard. @returns the waits after each, in seconds */
function waits(rule: ThrottleRule, count: number): { seconds: number[]; last: Attempts; now: number } {
  let [now, last] = [NOON, undefined as Attempts | undefined]
  const seconds: number[] = []
  for (let n = 0; n < count; n++) {
    last = afterFailure(last, rule, now)
    const until = last.blockedUntilWall ?? now
    seconds.push((until - now) / SECOND)
    now = until
  }
  return { seconds, last: last!, now }
}

describe('an account', () => {
  test('has three free failures, then each doubles the wait, up to 15 minutes', () => {
    expect(waits(PER_ACCOUNT, 16).seconds).toEqual([
      ...[0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
      ...[900, 900, 900],
    ])
  })

  test('is open again within 15 minutes after ten thousand failures', () => {
    const { last } = waits(PER_ACCOUNT, 10_000)
    expect(blockedUntil(last, last.lastWall)).toBe(last.lastWall + 15 * MINUTE)
    expect(blockedUntil(last, last.lastWall + 15 * MINUTE)).toBeNull()
  })

  test('forgets one failure an hour, so a slip in the morning after an attack is free', () => {
    const { last, now } = waits(PER_ACCOUNT, 10_000)
    expect(afterFailure(last, PER_ACCOUNT, now + HOUR).blockedUntilWall).not.toBeNull()
    expect(afterFailure(last, PER_ACCOUNT, now + 24 * HOUR)).toEqual({
      failures: 1,
      lastWall: now + 24 * HOUR,
      blockedUntilWall: null,
    })
  })
})

describe('an address', () => {
  test('has thirty free failures, and nobody waits more than five minutes', () => {
    const { seconds } = waits(PER_ADDRESS, 60)
    expect(seconds.slice(0, 32)).toEqual([...Array<number>(30).fill(0), 1, 2])
    expect(Math.max(...seconds)).toBe(300)
  })

  test('is never blocked by one failure every two minutes all day', () => {
    let known: Attempts | undefined
    for (let n = 0; n < 500; n++) known = afterFailure(known, PER_ADDRESS, NOON + n * 2 * MINUTE)
    expect(known?.failures).toBe(1)
  })
})

test.each([
  ['nothing is known', undefined, null],
  ['nothing is blocked', { failures: 2, lastWall: NOON, blockedUntilWall: null }, null],
  ['a block lasts', { failures: 4, lastWall: NOON, blockedUntilWall: NOON + 1 }, NOON + 1],
  ['a block is over at its end', { failures: 4, lastWall: NOON - 9, blockedUntilWall: NOON }, null],
])('%s', (_name, attempts, until) => {
  expect(blockedUntil(attempts, NOON)).toBe(until)
})

test('a clock that is set back forgets nothing and breaks nothing', () => {
  const known = { failures: 3, lastWall: NOON, blockedUntilWall: null }
  expect(afterFailure(known, PER_ACCOUNT, NOON - HOUR)).toMatchObject({ failures: 4 })
})
