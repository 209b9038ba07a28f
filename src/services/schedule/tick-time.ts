import type { ClockRow } from '../../domain/time/clock.ts'
import type { Instant } from '../../domain/time/days.ts'

/** The instant of a tick: business time by the county's clock, and the machine's own time. */
export type TickTime = { clock: ClockRow; now: Instant; wallNow: number }
