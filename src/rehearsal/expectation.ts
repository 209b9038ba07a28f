import type { LineKind } from '../domain/escalation/notification-kind.ts'
import { dayOf, type Day, type Instant } from '../domain/time/days.ts'
import { groupBy } from '../domain/grouping.ts'
import { decisionsOf, type ExpectedDecision, openAt, type World } from './expected-decisions.ts'
import type { StoryAcceptance, StoryTurn } from './expected-history.ts'
import { expectedLabel, expectedRule } from './policy-table.ts'
import { readingRound } from './quiet-days.ts'
import { morningAfter } from './simple-calendar.ts'

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
  /** It waited for a quiet day of its reader to pass. */
  waited?: true
}

/**
 * Computes every line that was owed to anybody, slowly, from what really happened. Only rounds up to `until`
 * count, since later ones were not played.
 */
export function owedLines(
  { turns, accepted }: { turns: readonly StoryTurn[]; accepted: readonly StoryAcceptance[] },
  world: World,
): OwedLine[] {
  const behind = groupBy(turns, deadlineOf)
  const changed = turns.filter(({ before }) => before !== undefined)
  const lines = [...behind.values()].flatMap((members) => {
    const decisions = decisionsByRound(members, world)
    const after = changed.filter(({ before }) => members.includes(before!))
    return [
      ...decisions.flatMap((decision) => ownLines(decision, members, world)),
      ...decisions.flatMap((decision) => carriedLines(decision, after, behind, world)),
    ]
  })
  return [...distinctWithin(lines), ...acceptedLines(accepted, world)].filter(
    (line) => line.round <= world.until,
  )
}

/** What was owed up to each instant behind each deadline: whom it told, of what kind, in which round. */
export function linesByDeadline(turns: readonly StoryTurn[], world: World): Map<string, OwedLine[]> {
  const behind = groupBy(turns, deadlineOf)
  return new Map(
    [...behind].map(([deadline, members]) => [
      deadline,
      decisionsByRound(members, world).flatMap((decision) => ownLines(decision, members, world)),
    ]),
  )
}

/** What one office owes at one instant, of one kind, level and stage, by one version of the rules, is told of together; a red warning alone. */
export function deadlineOf(turn: StoryTurn): string {
  const { office, dueOn, kind, level, stage, policy, item } = turn
  const alone = expectedRule(turn).individual ? [item] : []
  return [office, dueOn, kind, level, stage, policy, ...alone].join('|')
}

type OwedLineOf = OwedLine & { deadline: string }
type DecisionOfRound = ExpectedDecision & { waited: boolean }

/** What is decided for one deadline, apart for those who read it in another round because of their quiet days. */
function decisionsByRound(members: readonly StoryTurn[], world: World): DecisionOfRound[] {
  return decisionsOf(members, world).flatMap((decision) => {
    if (!decision.waits) return [{ ...decision, waited: false }]
    const rounds = groupBy(decision.told, ({ to }) => readingRound(to, decision.promised, decision.at, world))
    return [...rounds].map(([round, told]) => ({
      ...decision,
      round,
      told,
      waited: round !== decision.round,
    }))
  })
}

/** That something began is not said of others who were put in its place by a recount: they were told before. */
function ownLines(decision: DecisionOfRound, members: readonly StoryTurn[], world: World): OwedLineOf[] {
  const { at, begins, round } = decision
  const cameSince = ({ before, startedAt }: StoryTurn) =>
    before !== undefined && before.startedAt < startedAt && startedAt >= at && !members.includes(before)
  if (begins && openAt(members, round).every(cameSince)) return []
  return linesOf(decision, members, world)
}

/** The lines of one decision, if anything is still open behind the deadline in its round. */
function linesOf(
  { round, told, why, waited }: DecisionOfRound,
  members: readonly StoryTurn[],
  { people }: World,
): OwedLineOf[] {
  const [of] = members
  const count = openAt(members, round).length
  if (!of || count === 0) return []
  const line = {
    ...{ deadline: deadlineOf(of), round, officeName: people.office(of.office).name },
    ...{ label: expectedLabel(of), count, dueOn: of.dueOn, why, ...(waited && { waited }) },
  }
  return told.map((who) => ({ ...line, ...who }))
}

/**
 * What began and was not told yet when it was counted anew, is told of where it stands now, with all that stands there.
 * @param after what became of those behind the deadline
 */
function carriedLines(
  decision: DecisionOfRound,
  after: readonly StoryTurn[],
  behind: ReadonlyMap<string, StoryTurn[]>,
  world: World,
): OwedLineOf[] {
  const { at, begins, round } = decision
  if (!begins) return []
  const gone = after.filter((turn) => at <= turn.startedAt && openAt([turn], round).length > 0)
  const places = new Set(gone.filter((turn) => deadlineOf(turn) !== deadlineOf(turn.before!)).map(deadlineOf))
  return [...places].flatMap((place) => linesOf(decision, behind.get(place)!, world))
}

/** What was passed since somebody's round before, counted by what it is called. */
function acceptedLines(accepted: readonly StoryAcceptance[], world: World): OwedLine[] {
  const { people, calendar } = world
  const each = accepted.flatMap(({ turn, office, at }) => {
    const morning = morningAfter(at, calendar)
    return people.officersOf(office).map((to) => {
      const round = readingRound(to, morning, at, world)
      return { turn, office, at, to, round, label: expectedLabel(turn), waited: round !== morning }
    })
  })
  const told = groupBy(each, ({ turn, office, to, label, round }) =>
    [turn.office, office, to, label, round].join('|'),
  )
  return [...told.values()].map((group) => {
    const { turn, to, at, round, label, waited } = group[0]!
    return {
      ...{ round, to, kind: 'accepted' as const, officeName: people.office(turn.office).name, label },
      ...{ count: group.length, dueOn: null, why: `accepted ${dayOf(at)}`, ...(waited && { waited }) },
    }
  })
}

/** Two reasons for the same thing in one round give one line. */
function distinctWithin(lines: OwedLineOf[]): OwedLine[] {
  const seen = new Map(lines.map((line) => [[line.deadline, line.round, line.to, line.kind].join('|'), line]))
  return [...seen.values()].map(withoutDeadline)
}

function withoutDeadline({ deadline: _, ...line }: OwedLineOf): OwedLine {
  return line
}
