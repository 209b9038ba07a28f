import type { Role } from '../domain/obligation/vocabulary.ts'
import type { Instant } from '../domain/time/days.ts'
import { deadlineOf, linesByDeadline, type OwedLine } from './expectation.ts'
import type { StoryTurn } from './expected-history.ts'
import type { People } from './people.ts'
import { isPerformed } from './policy-table.ts'

/** Behind each deadline: in which round it was told of as late, and how high up. */
export type ToldOfLate = ReadonlyMap<string, readonly { round: Instant; height: number }[]>

/** How high a post stands in the county, lowest first; whoever is late stands below all. */
const POSTS: readonly [Role, string][] = [
  ['town-head', '镇分管领导'],
  ['verification-centre', '核对中心'],
  ['relief-centre', '救助中心'],
  ['bureau-leader', '分管局领导'],
]
const PERFORMER = '经办人'
const OF_LATENESS = ['overdue', 'escalation', 'passed-on', 'copied']

export function toldOfLate(
  turns: readonly StoryTurn[],
  world: Parameters<typeof linesByDeadline>[1],
): ToldOfLate {
  const performing = turns.filter(isPerformed)
  return new Map(
    [...linesByDeadline(performing, world)].map(([deadline, lines]) => [
      deadline,
      lines
        .filter(({ kind }) => OF_LATENESS.includes(kind))
        .map((line) => ({ round: line.round, height: heightOf(line, world.people) })),
    ]),
  )
}

function heightOf({ kind, to }: OwedLine, people: People): number {
  if (kind === 'overdue') return 0
  const roles = people.postsOf(to).map((post) => post.role)
  return Math.max(...roles.map((role) => POSTS.findIndex(([post]) => post === role))) + 1
}

/** The highest post that was told of one of these late turns by then; null where nobody was. */
export function toldUpTo(late: readonly StoryTurn[], told: ToldOfLate, at: Instant): string | null {
  const heights = [...new Set(late.flatMap(deadlinesOf))]
    .flatMap((deadline) => told.get(deadline) ?? [])
    .filter(({ round }) => round <= at)
    .map(({ height }) => height)
  if (heights.length === 0) return null
  return POSTS[Math.max(...heights) - 1]?.[1] ?? PERFORMER
}

/** Behind which deadlines it has stood: that days or rules changed makes nobody forget what they were told. */
function deadlinesOf(turn: StoryTurn): string[] {
  return [deadlineOf(turn), ...(turn.before ? deadlinesOf(turn.before) : [])]
}
