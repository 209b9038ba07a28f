import type { LineKind } from '../domain/escalation/notification-kind.ts'
import type { ClockStatus, RunningCode } from '../domain/obligation/clock-status.ts'
import type {
  CountyStanding,
  OfficeLateness,
  OwnStanding,
  ReviewStanding,
} from '../domain/obligation/standing.ts'
import type { Kind, Level, Role, Stage } from '../domain/obligation/vocabulary.ts'
import type { Day, Instant } from '../domain/time/days.ts'

/** One thing to do or to see to. `externalId` (or the title, where there is none) and the cause are all a mail says of it. */
export type DigestItem = {
  obligationId: string
  externalId: string | null
  title: string
  cause: string | null
  url: string
}
/** `provisional` 暂定: counted over days of which no notice is known yet. */
type Due = {
  dueOn: Day
  provisional: boolean
  clock: ClockStatus & { code: RunningCode }
  remainingWorkingDays: number
}

/**
 * Somebody else who is told of the same: `as` is what they are to it. `together`: for the same reason as the reader;
 * `first`: then they come before the reader and everybody else.
 */
export type AlsoTold = { name: string; as: string; phone: string | null; together: boolean; first: boolean }

/**
 * One deadline and kind of line. A few `items` are listed; `count` counts all. `why`: a sentence, for this recipient.
 * `label`: the deadline's own words for what its office owes. `due` is null for what nobody has to do any more.
 */
export type DigestEntry = {
  kind: LineKind
  deadline: string
  obligationKind: Kind
  stage: Stage
  level: Level | null
  officeName: string
  label: string
  count: number
  due: (Due & { overdueWorkingDays: number }) | null
  items: DigestItem[]
  why: string
  alsoTold: AlsoTold[]
}

/** Something late that no line of this round is about. */
export type LateItem = DigestItem & { officeName: string; label: string; level: Level | null } & Due

/** How things stand for the reader; each part is there when it is theirs. Offices of the county come with their names. */
export type DigestStanding = {
  own: (OwnStanding & { scope: string }) | null
  review: ReviewStanding | null
  /** `lateBefore`: as the last digest said; null in the first one. */
  county:
    | (Omit<CountyStanding, 'offices'> & {
        /** `told`: the highest post that has been told of what is late there. */
        offices: (OfficeLateness & { officeName: string; told: string | null })[]
        lateBefore: number | null
        /** People and posts whom no mail reached in the last week. */
        notReached: number
      })
    | null
}

/** What one person is owed in one round. `trial`: nothing really leaves, and the mail says so. */
export type DigestInput = {
  recipient: { name: string; roles: Role[]; officeName: string }
  county: string
  now: Instant
  round: Instant
  urgent: boolean
  standing: DigestStanding
  sections: DigestEntry[]
  late: { items: LateItem[]; more: number }
  corrections: string[]
  /** Where the button leads: the obligation itself, what the reader holds, or what is late in the county. */
  listUrl: string
  /** Exactly what the lines of this mail are about. */
  mailUrl: string
  contact: string
  trial: boolean
}
