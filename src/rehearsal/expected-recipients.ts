import type { LineKind } from '../domain/escalation/notification-kind.ts'
import type { Role } from '../domain/obligation/vocabulary.ts'
import type { ExpectedMoment } from './expected-moments.ts'
import type { StoryTurn } from './expected-history.ts'
import type { People } from './people.ts'
import { expectedRule } from './policy-table.ts'

type Told = { kind: LineKind; to: string }
/** Higher is graver; of several reasons to tell somebody, the gravest counts. */
type Reason = Told & { gravity: number }

/** Whom some moments tell, each person once. @param holderKind what the officers of the office hear */
export function expectedRecipients(
  of: StoryTurn,
  moments: ExpectedMoment[],
  holderKind: LineKind,
  people: People,
): Told[] {
  const gravest = new Map<string, Reason>()
  for (const reason of moments.flatMap((moment) => reasonsOf(of, moment, holderKind, people))) {
    const known = gravest.get(reason.to)
    if (!known || reason.gravity > known.gravity) gravest.set(reason.to, reason)
  }
  return [...gravest.values()].map(({ kind, to }) => ({ kind, to }))
}

/** The officers hear of everything; a rung and its copies come on top. */
function reasonsOf(
  of: StoryTurn,
  { telling }: ExpectedMoment,
  holderKind: LineKind,
  people: People,
): Reason[] {
  const officers = people.officersOf(of.office).map((to) => ({ to, kind: holderKind, gravity: 1 }))
  const holders = officers.length > 0 ? officers : onRungs(of, 1, people, 'passed-on')
  if (telling === null) return holders
  const copies = telling.copies.flatMap((role) => people.holdersOf(role, of.office))
  return [
    ...holders,
    ...onRungs(of, telling.rung, people, 'escalation', telling.role),
    ...copies.map((to) => ({ to, kind: 'copied' as const, gravity: 0 })),
  ]
}

/** A rung where nobody but the late themselves stands passes on to the next, until somebody else is found. */
function onRungs(of: StoryTurn, rung: number, people: People, kind: LineKind, role?: Role): Reason[] {
  const rungs = expectedRule(of).rungs.filter((r) => r.role !== 'town-head' || people.isTown(of.office))
  for (let n = rung; n <= rungs.length; n++) {
    const others = othersOn(of, (n === rung && role) || rungs[n - 1]!.role, people)
    if (others.length > 0)
      return others.map((to) => {
        const direct = n === rung && kind !== 'passed-on'
        return { to, kind: direct ? kind : 'passed-on', gravity: n + (direct ? 1 : 0.5) }
      })
  }
  return []
}

function othersOn(of: StoryTurn, role: Role, people: People): string[] {
  const late = people.officersOf(of.office)
  return people.holdersOf(role, of.office).filter((person) => !late.includes(person))
}
