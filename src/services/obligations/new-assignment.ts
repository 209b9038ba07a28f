import type { Policy, Rule } from '../../domain/escalation/policy.ts'
import type { Kind, Level, Stage } from '../../domain/obligation/vocabulary.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import type { Limit } from '../../domain/time/limits.ts'

export type NewAssignment = {
  obligation: string
  kind: Kind
  level: Level | null
  stage: Stage
  office: string
  startOn: Day
  rule: Rule
  limit: Limit
  workingDays: number | null
  /** Whom it is named to; left out or null where it is the whole office's. */
  person?: string | null
  /** The assignment it goes on from; left out where it is the first of its own. */
  origin?: string | null
}

/** The shared deadlines a transaction has joined, by key: each is joined once, for it stays locked and nothing fires. */
export type Joined = Map<string, string>

/** What opening assignments needs to know. `silent`: nobody is told of what lies before, as of what comes without notice. */
export type OpeningContext = {
  county: string
  policy: Policy
  now: Instant
  silent: boolean
  joined?: Joined
}
export type Opening<Assignment = NewAssignment> = { assignment: Assignment; deadline: string }
