import type { LineKind } from '../domain/escalation/notification-kind.ts'
import { dayOf, endOfDay, type Instant } from '../domain/time/days.ts'
import type { StoryTurn } from './expected-history.ts'
import { type ExpectedMoment, expectedMoments } from './expected-moments.ts'
import { expectedRecipients } from './expected-recipients.ts'
import type { People } from './people.ts'
import { expectedRule } from './policy-table.ts'
import {
  keptRound,
  morningAtOrAfter,
  openAtOrAfter,
  roundAtOrAfter,
  type SimpleCalendar,
} from './simple-calendar.ts'

export type World = { people: People; calendar: SimpleCalendar; until: Instant }

/** What is decided for one deadline at an instant: who is told in which round, and whether it says that something begins. */
export type ExpectedDecision = {
  at: Instant
  /** The round that was promised then, and the one that came of it. */
  promised: Instant
  round: Instant
  begins: boolean
  /** Whether it waits for a quiet day of its reader to pass: what begins, unless it is told at once. */
  waits: boolean
  told: { kind: LineKind; to: string }[]
  /** What it is for; not compared. */
  why: string
}

/** Goes through every instant at which something may be decided for one deadline, in order. */
export function decisionsOf(members: readonly StoryTurn[], world: World): ExpectedDecision[] {
  const [first] = members
  if (!first) return []
  const plans = plansOf(members, first, world)
  const fired = new Set<string>()
  let joinsSeen = 0
  const decisions: ExpectedDecision[] = []
  for (const at of instantsOf(members, plans)) {
    const open = openAt(members, at)
    if (open.length === 0) continue
    const plan = plans.findLast(({ from }) => from <= at)!
    const passed = plan.moments.filter((m) => m.at <= at)
    const past = passed.filter(({ key }) => !fired.has(key))
    const due = past.filter((m) => open.some((member) => concerns(m, member)))
    const joins = new Set(members.filter((m) => !m.quiet && m.startedAt <= at).map((m) => m.startedAt)).size
    // An assignment that joins after a moment missed it, so everybody concerned is told again.
    const again = fired.size > 0 && joins > joinsSeen ? passed.filter(({ key }) => fired.has(key)) : []
    // What lay before somebody who goes on in silence was told then, or is told to nobody.
    past.forEach(({ key }) => fired.add(key))
    if (past.length + again.length > 0) joinsSeen = joins
    if (due.length + again.length > 0)
      decisions.push(decisionOf(first, { due, again, plannedAt: plan.from }, at, world))
  }
  return decisions
}

export function openAt(members: readonly StoryTurn[], at: Instant): StoryTurn[] {
  return members.filter((m) => m.startedAt <= at && (m.endedAt === null || m.endedAt > at))
}

type Plan = { from: Instant; moments: ExpectedMoment[] }

/** The moments as they were planned since the deadline began, and anew since each change of days. */
function plansOf(members: readonly StoryTurn[], first: StoryTurn, world: World): Plan[] {
  const { people, calendar, until } = world
  const startedAt = Math.min(...members.map((m) => m.startedAt))
  const endedAt = Math.max(...members.map((m) => m.endedAt ?? until))
  const changes = calendar.changedAt.filter((at) => startedAt < at && at <= endedAt)
  return [startedAt, ...changes].map((from) => {
    const known = { calendar: calendar.asOf(from), until }
    return { from, moments: expectedMoments({ ...first, startedAt }, people.isTown(first.office), known) }
  })
}

function instantsOf(members: readonly StoryTurn[], plans: readonly Plan[]): Instant[] {
  const moments = plans.flatMap(({ from, moments }, i) => {
    const until = plans[i + 1]?.from ?? Infinity
    return [from, ...moments.map(({ at }) => at).filter((at) => from <= at && at < until)]
  })
  return [...new Set([...members.map((m) => m.startedAt), ...moments])].sort((a, b) => a - b)
}

/** Whether a moment is for somebody who is open: what lay before a start in silence is not. */
function concerns({ at }: ExpectedMoment, { quiet = false, startedAt }: StoryTurn): boolean {
  return !quiet || at > startedAt
}

/** The decision of an instant: in its round, for everybody on its rungs. */
function decisionOf(
  of: StoryTurn,
  { due, again, plannedAt }: { due: ExpectedMoment[]; again: ExpectedMoment[]; plannedAt: Instant },
  at: Instant,
  { calendar, people }: World,
): ExpectedDecision {
  const latest = due[due.length - 1]
  const begins = latest === undefined || latest.name === 'start'
  const moments = [...again, ...due]
  // What a change put into the past waits for a morning, as what joined does: its round has left. A reminder does not outwait its day.
  const isLate = morningAtOrAfter(at, calendar.asOf(at)) >= endOfDay(of.dueOn)
  const isKept = latest !== undefined && (latest.at >= plannedAt || (latest.name !== 'late' && isLate))
  const scheduled = isKept ? latest : undefined
  const promised = roundOf(of, scheduled, at, calendar.asOf(at))
  const holderKind = at >= endOfDay(of.dueOn) ? 'overdue' : begins ? START_KINDS[of.stage] : 'reminder'
  return {
    ...{
      at,
      begins,
      promised,
      round: keptRound(promised, calendar),
      waits: begins && (latest === undefined || expectedRule(of).begins !== 'at-once'),
    },
    told: expectedRecipients(of, moments, holderKind, people),
    why: `${moments.map((m) => m.name).join('+')} ${dayOf(at)}`,
  }
}

const START_KINDS = {
  perform: 'assigned',
  review: 'submitted',
  redo: 'returned',
  extension: 'requested',
  'hand-over': 'offered',
  pause: 'paused',
} as const

/** Red begins at once in office hours; all else that begins, or joined, waits for a morning. */
function roundOf(
  of: StoryTurn,
  latest: ExpectedMoment | undefined,
  at: Instant,
  calendar: SimpleCalendar,
): Instant {
  if (latest === undefined) return morningAtOrAfter(at, calendar)
  if (latest.name !== 'start') return roundAtOrAfter(at, calendar)
  return expectedRule(of).begins === 'at-once' ? openAtOrAfter(at, calendar) : morningAtOrAfter(at, calendar)
}
