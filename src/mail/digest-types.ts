import type { Day, Instant } from '../domain/time/days.ts'
import type { ClockStatus, RunningCode } from '../domain/obligation/clock-status.ts'
import type { Kind, Level, Role, Stage } from '../domain/obligation/vocabulary.ts'
import type { DigestKind } from './digest-lines.ts'

/** One thing to do or to see to. `externalId` (or the title, where there is none) and the cause are all a mail says of it. */
export type DigestItem = {
  obligationId: string
  externalId: string | null
  title: string
  cause: string | null
  url: string
}

/**
 * One deadline and kind of line. At most 20 `items` are listed; `count` counts all. `why`: a sentence, for this recipient.
 * `label`: the deadline's own words for what its office owes.
 */
export type DigestEntry = {
  kind: DigestKind
  deadline: string
  obligationKind: Kind
  stage: Stage
  level: Level | null
  officeName: string
  label: string
  count: number
  dueOn: Day
  clock: ClockStatus & { code: RunningCode }
  remainingWorkingDays: number
  overdueWorkingDays: number
  items: DigestItem[]
  why: string
}

/** What one person is owed in one round. `trial`: nothing really leaves, and the mail says so. */
export type DigestInput = {
  recipient: { name: string; roles: Role[]; officeName: string }
  county: string
  now: Instant
  round: Instant
  urgent: boolean
  sections: DigestEntry[]
  corrections: string[]
  dashboardUrl: string
  contact: string
  trial: boolean
}
