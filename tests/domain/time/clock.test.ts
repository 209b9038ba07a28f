import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { businessNow, type ClockRow, waitMs } from '../../../src/domain/time/clock.ts'

const DAY = 86_400_000

describe('the clock', () => {
  it('in mode wall is the wall clock', () => {
    expect(businessNow({ mode: 'wall' }, 1_000)).toBe(1_000)
    expect(waitMs({ mode: 'wall' }, 1_500, 1_000)).toBe(500)
    expect(waitMs({ mode: 'wall' }, 500, 1_000)).toBe(0)
  })

  it('at a day a minute shows tomorrow a minute later', () => {
    const clock: ClockRow = { mode: 'rate', businessAnchor: 0, wallAnchor: 1_000, rate: 1_440 }
    expect(businessNow(clock, 61_000)).toBe(DAY)
    expect(waitMs(clock, DAY, 0)).toBe(60_000)
  })

  it('in mode stepped stands still until it is set, and only a poke wakes', () => {
    const clock: ClockRow = { mode: 'stepped', businessAt: 42 }
    expect(businessNow(clock, 1_000)).toBe(42)
    expect(waitMs(clock, 1_500, 42)).toBeNull()
  })

  it('a wait of the given length ends when the instant has come', () => {
    const millis = fc.integer({ min: 0, max: 10 * 365 * DAY })
    fc.assert(
      fc.property(millis, millis, fc.integer({ min: 1, max: 100_000 }), (anchor, ahead, rate) => {
        const clock: ClockRow = { mode: 'rate', businessAnchor: anchor, wallAnchor: 5, rate }
        const wait = waitMs(clock, anchor + ahead, anchor)!
        expect(Number.isInteger(wait)).toBe(true)
        expect(businessNow(clock, 5 + wait)).toBeGreaterThanOrEqual(anchor + ahead)
      }),
    )
  })
})
