import type { LineKind } from '../domain/escalation/notification-kind.ts'
import type { CheckLine } from '../domain/escalation/standing-check.ts'
import type { ClockStatus, RunningCode } from '../domain/obligation/clock-status.ts'
import type {
  CountyStanding,
  OfficeLateness,
  OwnStanding,
  WaitingStanding,
} from '../domain/obligation/standing.ts'
import type { MovedBy } from '../domain/obligation/moved-day.ts'
import type { Kind, Level, Role, Stage } from '../domain/obligation/vocabulary.ts'
import type { Day, Instant } from '../domain/time/days.ts'

/**
 * One thing to do or to see to. `externalId` (or the title, where there is none), the cause, who owes it and what its day was are all
 * a mail says of it. `owner`: the name of the office that owes it; null where the line itself is of that office. `movedFrom`: its
 * first day, where it has another one since, and `movedBy` why; null where it has not.
 */
export type DigestItem = {
  obligationId: string
  owner: string | null
  externalId: string | null
  title: string
  cause: string | null
  movedFrom: Day | null
  movedBy: readonly MovedBy[]
  url: string
}
/** `provisional` 暂定: counted over days of which no notice is known yet. */
type Due = {
  dueOn: Day
  provisional: boolean
  clock: ClockStatus & { code: RunningCode }
  remainingWorkingDays: number
  overdueWorkingDays: number
}

/**
 * Somebody else who is told of the same: `as` is what they are to it. `together`: for the same reason as the reader;
 * `first`: then they come before the reader and everybody else. `asked`: they stand on the rung that is to press, `since` that day.
 */
export type AlsoTold = {
  name: string
  as: string
  phone: string | null
  together: boolean
  first: boolean
  asked: boolean
  since: Day | null
}
/** Who should have been told and was not, so that the reader is; `name` is null where nobody holds the post. */
export type PassedOver = {
  post: string
  name: string | null
  reason: 'vacant' | 'late-themselves' | 'undeliverable' | 'deferred'
  /** Were they to do the work themselves, or to press? */
  holds: boolean
}
export type Contact = { name: string; phone: string | null }
/** Who sent work back, and on which day. The reason stays out of the mail: it may name a household. */
export type Returned = { on: Day; by: string }

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
  /** How many of them an earlier mail asked this reader to press; of what is late in a head's town, how many the last one told. */
  again: number
  due: Due | null
  items: DigestItem[]
  why: string
  /** Null for what was not sent back. */
  returned: Returned | null
  alsoTold: AlsoTold[]
  /** Empty but for what has passed on to the reader. */
  passedOver: PassedOver[]
}

/** What kind of work it is, and who has it. */
type Work = { obligationKind: Kind; stage: Stage; officeName: string; label: string; level: Level | null }

/** Who does it, where the reader is not one of them. */
type Held = { holders: Contact[] }

/**
 * The colleague who begins with it; null where the reader does, or presses. `shares`: who shares it besides these two; empty where
 * nobody does.
 */
export type Beginning = { begins: string | null; shares: string[] }

/** How many of it the last letter told as late; only of whoever heads a town it is known. */
type Again = { again: number }
/** Something late that no line of this round is about. */
export type LateItem = DigestItem & Work & Due & Held & Beginning & Again
/** Something late that an earlier mail asked this reader to press. */
export type AskedItem = LateItem & { askedOn: Day }
/** `more` is counted only; of all of them so many are `red`, and so many are no late work but late `reviews` and `answers`. */
export type AskedBefore = { items: AskedItem[]; more: number; red: number; reviews: number; answers: number }
/** What is counted as the reader's own to do, in short: what one deadline holds. `item` is one of them. */
export type HeldWork = Work &
  Due &
  Held &
  Beginning &
  Again & { deadline: string; count: number; item: DigestItem }

/** How things stand for the reader; each part is there when it is theirs. Offices of the county come with their names. */
export type DigestStanding = {
  /** `office`: the code of the reader's only office; null where there are several. */
  own: (OwnStanding & { scope: string; office: string | null }) | null
  review: WaitingStanding | null
  /** `lateBefore`: what the last digest said, and on which day; null in the first one. */
  county:
    | (Omit<CountyStanding, 'offices'> & {
        /** `told`: the highest post that has been told of what is late there. */
        offices: (OfficeLateness & { officeName: string; told: string | null })[]
        lateBefore: LateBefore | null
        /** People and posts whom no mail reached in the last week, each in a few words. */
        notReached: string[]
      })
    | null
}

/** `pressed`: others were asked to press, and `posts` are theirs; `unpressed`: nobody was yet, and `next` are the first who will be. */
export type OthersLate = { pressed: number; posts: string[]; unpressed: number; next: NextAsked | null }
/** The day on which these posts will be asked to press. */
export type NextAsked = { on: Day; posts: string[] }

export type LateBefore = { count: number; on: Day }

/**
 * Who shares what waits for the reader's review besides the `firsts`: these begin with some of it before the reader. `own`: what the reader begins
 * with all the same, since it names them. Where nobody comes first, all of it is the reader's to begin with and `own` is null.
 */
export type Reviewers = { names: string[]; firsts: string[]; own: WaitingStanding | null }

/** How much of what is due today, or soon after, the reader begins with. */
export type Begun = Pick<OwnStanding, 'dueToday' | 'dueSoon'>

/** What one person is owed in one round. `trial`: nothing really leaves, and the mail says so. */
export type DigestInput = {
  /** `standsInFor`: those who are away and whose work is the reader's meanwhile. */
  recipient: {
    name: string
    roles: Role[]
    officeName: string
    standsInFor: { name: string; officeName: string }[]
  }
  county: string
  now: Instant
  round: Instant
  urgent: boolean
  standing: DigestStanding
  sections: DigestEntry[]
  late: { items: LateItem[]; more: number }
  /** How much of that, listed or not, the reader begins with and the last letter told. */
  lateAgain: number
  /** What the reader was asked to press before, and what is still late of it. */
  asked: AskedBefore
  /** What is late in the county, stands in no line of this mail, and was not asked of the reader before. */
  others: OthersLate
  /** What waits for the reader: to review, and to perform while it is not late. */
  held: { review: HeldWork[]; perform: HeldWork[] }
  /** Requests for more time and offers of a hand-over that wait for the reader's answer, all of them. */
  answers: HeldWork[]
  reviewers: Reviewers
  /** Null where all that falls due is the reader's to begin with. */
  begun: Begun | null
  corrections: string[]
  /** The standing check of the day, for whom the policy names. */
  check: readonly CheckLine[]
  /** Why the reader gets what no line is about: a standing of the week, a correction. */
  why: string[]
  /** Where the app begins, to which the links of the lists are added. */
  appUrl: string
  /** Exactly what the lines of this mail are about. */
  mailUrl: string
  contact: string
  trial: boolean
}
