import type { ClockRow } from '../../domain/time/clock.ts'
import type { Instant } from '../../domain/time/days.ts'

/** When a question of a workflow is answered: business time by the county's clock, and the machine's own. */
export type TickTime = { clock: ClockRow; now: Instant; wallNow: number }
