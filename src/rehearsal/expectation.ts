import { dayOf, type Day, type Instant } from '../domain/time/days.ts'
import type { Role } from '../domain/obligation/vocabulary.ts'
import type { People } from './people.ts'
import { expectedMoments, type ExpectedMoment } from './expected-moments.ts'
import { groupBy } from './grouping.ts'
import { expectedLabel, expectedRule } from './policy-table.ts'
import { openAtOrAfter, roundAtOrAfter, type SimpleCalendar } from './simple-calendar.ts'
import type { StoryTurn } from './expected-history.ts'

export type LineKind = 'assigned' | 'reminder' | 'escalation' | 'passed-on'
/** One line that one person is owed in one mail. */
export type OwedLine = {
  round: Instant
  to: string
  kind: LineKind
  officeName: string
  label: string
  count: number
  dueOn: Day
  /** What it is for; not compared. */
  why: string
}
type World = { people: People; calendar: SimpleCalendar; until: Instant }
type Told = { kind: LineKind; to: string }

/**
 * Computes every line that was owed to anybody, slowly, from what really happened. Only rounds up to `until`
 * count, since later ones were not played.
 */
export function owedLines(turns: readonly StoryTurn[], world: World): OwedLine[] {
  const behind = groupBy(turns, deadlineOf)
  const lines = [...behind.values()].flatMap((members) => linesOf(members, world))
  return distinctWithin(lines).filter((line) => line.round <= world.until)
}

/** What one office owes at one instant, of one kind, level and stage, is told of together; a red warning alone. */
function deadlineOf(turn: StoryTurn): string {
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
    const due = moments.filter((m) => m.at <= at && !fired.has(m))
    const joins = new Set(members.filter((m) => m.startedAt <= at).map((m) => m.startedAt)).size
    // An assignment that joins after a moment missed it, so everybody concerned is told again.
    const again = fired.size > 0 && joins > joinsSeen ? moments.filter((m) => fired.has(m)) : []
    if (due.length + again.length === 0) continue
    joinsSeen = joins
    due.forEach((m) => fired.add(m))
    lines.push(...linesOfDecision(first, [...again, ...due], at, members, world))
  }
  return lines
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
  moments: ExpectedMoment[],
  at: Instant,
  members: StoryTurn[],
  world: World,
): OwedLineOf[] {
  const latest = moments[moments.length - 1]
  const urgent = latest?.name === 'assigned'
  const round = urgent ? openAtOrAfter(at, world.calendar) : roundAtOrAfter(at, world.calendar)
  const count = openAt(members, round).length
  if (count === 0) return []
  const line = {
    deadline: deadlineOf(of),
    round,
    officeName: world.people.office(of.office).name,
    label: expectedLabel(of),
    count,
    dueOn: of.dueOn,
    why: `${moments.map((m) => m.name).join('+')} ${dayOf(at)}`,
  }
  return recipients(of, moments, urgent, world.people).map((who) => ({ ...line, ...who }))
}

/** When a person has several reasons, the gravest counts. */
function recipients(of: StoryTurn, moments: ExpectedMoment[], urgent: boolean, people: People): Told[] {
  const byPerson = new Map<string, Told>()
  for (const moment of moments)
    for (const who of reachedPeople(of, moment.role, people))
      byPerson.set(who.to, { to: who.to, kind: urgent && who.kind === 'reminder' ? 'assigned' : who.kind })
  return [...byPerson.values()]
}

/** A rung without people passes on to the next, until somebody is found. */
function reachedPeople(of: StoryTurn, role: Role | null, people: People): Told[] {
  const found = role === null ? people.officersOf(of.office) : people.holdersOf(role, of.office)
  if (found.length > 0) return found.map((to) => ({ to, kind: role === null ? 'reminder' : 'escalation' }))
  const rungs = expectedRule(of).rungs.filter((r) => r.role !== 'town-head' || people.isTown(of.office))
  for (const next of rungs.slice(rungs.findIndex((r) => r.role === role) + 1)) {
    const others = people.holdersOf(next.role, of.office)
    if (others.length > 0) return others.map((to) => ({ to, kind: 'passed-on' }))
  }
  return []
}

/** Two reasons for the same thing in one round give one line. */
function distinctWithin(lines: OwedLineOf[]): OwedLine[] {
  const seen = new Map(lines.map((line) => [[line.deadline, line.round, line.to, line.kind].join('|'), line]))
  return [...seen.values()].map(withoutDeadline)
}

function withoutDeadline({ round, to, kind, officeName, label, count, dueOn, why }: OwedLineOf): OwedLine {
  return { round, to, kind, officeName, label, count, dueOn, why }
}
