import type { LineKind } from '../domain/escalation/notification-kind.ts'
import { dayOf, type Day, endOfDay, type Instant } from '../domain/time/days.ts'
import type { People } from './people.ts'
import { expectedMoments, type ExpectedMoment } from './expected-moments.ts'
import { groupBy } from '../domain/grouping.ts'
import { expectedLabel, expectedRule } from './policy-table.ts'
import { morningAtOrAfter, openAtOrAfter, roundAtOrAfter, type SimpleCalendar } from './simple-calendar.ts'
import type { StoryAcceptance, StoryTurn } from './expected-history.ts'
import { expectedRecipients } from './expected-recipients.ts'

/** One line that one person is owed in one mail. */
export type OwedLine = {
  round: Instant
  to: string
  kind: LineKind
  officeName: string
  label: string
  count: number
  /** Null for what nobody has to do any more. */
  dueOn: Day | null
  /** What it is for; not compared. */
  why: string
}
type World = { people: People; calendar: SimpleCalendar; until: Instant }

/**
 * Computes every line that was owed to anybody, slowly, from what really happened. Only rounds up to `until`
 * count, since later ones were not played.
 */
export function owedLines(
  { turns, accepted }: { turns: readonly StoryTurn[]; accepted: readonly StoryAcceptance[] },
  world: World,
): OwedLine[] {
  const behind = groupBy(turns, deadlineOf)
  const lines = [...behind.values()].flatMap((members) => linesOf(members, world))
  return [...distinctWithin(lines), ...acceptedLines(accepted, world)].filter(
    (line) => line.round <= world.until,
  )
}

/** What was owed up to each instant behind each deadline: whom it told, of what kind, in which round. */
export function linesByDeadline(turns: readonly StoryTurn[], world: World): Map<string, OwedLine[]> {
  const behind = groupBy(turns, deadlineOf)
  return new Map([...behind].map(([deadline, members]) => [deadline, linesOf(members, world)]))
}

/** What one office owes at one instant, of one kind, level and stage, is told of together; a red warning alone. */
export function deadlineOf(turn: StoryTurn): string {
  const { office, dueOn, kind, level, stage, item } = turn
  return [office, dueOn, kind, level, stage, ...(expectedRule(turn).individual ? [item] : [])].join('|')
}

type OwedLineOf = OwedLine & { deadline: string }

/** Goes through every instant at which something may be decided for one deadline, in order. */
function linesOf(members: StoryTurn[], world: World): OwedLineOf[] {
  const [first] = members
  if (!first) return []
  const startedAt = Math.min(...members.map((m) => m.startedAt))
  const moments = expectedMoments({ ...first, startedAt }, world.people.isTown(first.office), world)
  const fired = new Set<ExpectedMoment>()
  let joinsSeen = 0
  const lines: OwedLineOf[] = []
  for (const at of instantsOf(members, moments)) {
    if (openAt(members, at).length === 0) continue
    const past = moments.filter((m) => m.at <= at && !fired.has(m))
    const open = openAt(members, at)
    const due = past.filter((m) => open.some((member) => concerns(m, member)))
    const joins = new Set(members.filter((m) => !m.quiet && m.startedAt <= at).map((m) => m.startedAt)).size
    // An assignment that joins after a moment missed it, so everybody concerned is told again.
    const again = fired.size > 0 && joins > joinsSeen ? moments.filter((m) => fired.has(m)) : []
    // What lay before somebody who goes on in silence was told then, or is told to nobody.
    if (past.length > 0) past.forEach((m) => fired.add(m))
    if (past.length + again.length > 0) joinsSeen = joins
    if (due.length + again.length === 0) continue
    lines.push(...linesOfDecision(first, { due, again }, at, members, world))
  }
  return lines
}

/** Whether a moment is for somebody who is open: what lay before a start in silence is not. */
function concerns({ at }: ExpectedMoment, { quiet = false, startedAt }: StoryTurn): boolean {
  return !quiet || at > startedAt
}

function instantsOf(members: StoryTurn[], moments: ExpectedMoment[]): Instant[] {
  return [...new Set([...members.map((m) => m.startedAt), ...moments.map((m) => m.at)])].sort((a, b) => a - b)
}

function openAt(members: StoryTurn[], at: Instant): StoryTurn[] {
  return members.filter((m) => m.startedAt <= at && (m.endedAt === null || m.endedAt > at))
}

/** The lines of one decision: in its round, for everybody on its rungs, if anything is still open then. */
function linesOfDecision(
  of: StoryTurn,
  { due, again }: { due: ExpectedMoment[]; again: ExpectedMoment[] },
  at: Instant,
  members: StoryTurn[],
  world: World,
): OwedLineOf[] {
  const latest = due[due.length - 1]
  const begins = latest === undefined || latest.name === 'start'
  const round = roundOf(of, latest, at, world.calendar)
  const count = openAt(members, round).length
  if (count === 0) return []
  const moments = [...again, ...due]
  const line = {
    deadline: deadlineOf(of),
    round,
    officeName: world.people.office(of.office).name,
    label: expectedLabel(of),
    count,
    dueOn: of.dueOn,
    why: `${moments.map((m) => m.name).join('+')} ${dayOf(at)}`,
  }
  const holderKind = at >= endOfDay(of.dueOn) ? 'overdue' : begins ? START_KINDS[of.stage] : 'reminder'
  return expectedRecipients(of, moments, holderKind, world.people).map((who) => ({ ...line, ...who }))
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

/** What was passed since the round before, counted by what it is called. */
function acceptedLines(accepted: readonly StoryAcceptance[], { people, calendar }: World): OwedLine[] {
  const told = groupBy(accepted, ({ turn, at }) =>
    [turn.office, expectedLabel(turn), morningAtOrAfter(at, calendar)].join('|'),
  )
  return [...told.values()].flatMap((group) => {
    const { turn, at } = group[0]!
    const round = morningAtOrAfter(at, calendar)
    const line = {
      round,
      kind: 'accepted' as const,
      officeName: people.office(turn.office).name,
      label: expectedLabel(turn),
      count: group.length,
      dueOn: null,
      why: `accepted ${dayOf(at)}`,
    }
    return people.officersOf(turn.office).map((to) => ({ ...line, to }))
  })
}

/** Two reasons for the same thing in one round give one line. */
function distinctWithin(lines: OwedLineOf[]): OwedLine[] {
  const seen = new Map(lines.map((line) => [[line.deadline, line.round, line.to, line.kind].join('|'), line]))
  return [...seen.values()].map(withoutDeadline)
}

function withoutDeadline({ round, to, kind, officeName, label, count, dueOn, why }: OwedLineOf): OwedLine {
  return { round, to, kind, officeName, label, count, dueOn, why }
}
