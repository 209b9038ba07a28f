import type { Day } from '../time/days.ts'
import type { SuspensionReason } from './request-words.ts'

/**
 * Why the day of work is another one than its first. `extension`: so many working days were granted; `asked`: they were asked for and
 * count until there is an answer; `waited`: the answer came late; `hand-over`: the calendar of another office counts; `calendar`,
 * `policy`: it was counted anew. Codes alone, since what people wrote about it may name a household.
 */
export type MovedBy =
  | { code: 'pause'; reason: SuspensionReason; resumedOn: Day }
  | { code: 'extension' | 'asked'; workingDays: number }
  | { code: 'waited' | 'hand-over' | 'calendar' | 'policy' }
