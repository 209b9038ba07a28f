import type { Instant } from './days.ts'

/**
 * The clock rules business time only. Sign-ins, leases, retries and throttles are about machines, so they use
 * wall time.
 */
export type ClockRow =
  | { mode: 'wall' }
  | { mode: 'rate'; businessAnchor: Instant; wallAnchor: Instant; rate: number }
  | { mode: 'stepped'; businessAt: Instant }

/** How the clock is shown to people. */
export const SHOWN_CLOCK_LABELS = {
  wall: '真实时间',
  rate: '加速时钟',
  stepped: '步进时钟',
  behind: '演示时间',
} as const
export type ShownClock = keyof typeof SHOWN_CLOCK_LABELS

/** `behind`: a demonstration that began on a day off shows the last working day. */
export function shownClockOf(clock: ClockRow): ShownClock {
  return clock.mode === 'rate' && clock.rate === 1 ? 'behind' : clock.mode
}

export function businessNow(clock: ClockRow, wallNow: Instant): Instant {
  switch (clock.mode) {
    case 'wall':
      return wallNow
    case 'rate':
      return Math.floor(clock.businessAnchor + (wallNow - clock.wallAnchor) * clock.rate)
    case 'stepped':
      return clock.businessAt
  }
}

/** Wall milliseconds until a business instant; null under a stepped clock, where only a poke wakes. */
export function waitMs(clock: ClockRow, wakeAt: Instant, now: Instant): number | null {
  switch (clock.mode) {
    case 'wall':
      return Math.max(wakeAt - now, 0)
    case 'rate':
      // Rounded up: whoever wakes a fraction early has to ask again at once.
      return Math.max(Math.ceil((wakeAt - now) / clock.rate), 0)
    case 'stepped':
      return null
  }
}
