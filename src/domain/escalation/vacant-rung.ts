import type { Instant } from '../time/days.ts'
import { type Directory, officeKindOf, peopleFor } from './directory.ts'
import { type Audience, rungsFor } from './moments.ts'
import type { Rule } from './policy.ts'
import type { OfficeKind } from '../obligation/vocabulary.ts'

/** A rung nobody stands on; `passedTo`: who is told instead, or nobody. */
export type Vacancy = { role: string; passedTo: string | null }

/**
 * Whom an audience comes to: its own people, or, where nobody is there, those of the next rung that has somebody. A vacant
 * rung passes on to the next at once; a vacant holder passes on to the first rung.
 */
export function passUpwards(
  audience: Audience,
  rule: Rule,
  held: { office: string; person: string | null },
  directory: Directory,
  now: Instant,
): { people: string[]; reached: Audience; vacancy: Vacancy | null } {
  let next: Audience | null = audience
  let people = peopleFor(next, held, directory, now)
  while (people.length === 0 && next !== null) {
    next = nextRungAfter(next, rule, officeKindOf(held.office, directory))
    people = next === null ? [] : peopleFor(next, held, directory, now)
  }
  const vacancy = next === audience ? null : { role: roleText(audience), passedTo: people[0] ?? null }
  return { people, reached: next ?? audience, vacancy }
}

/** The rung above: after the holder comes rung 1, after the last rung nobody. */
export function nextRungAfter(
  audience: Audience | null,
  rule: Rule,
  officeKind: OfficeKind,
): Audience | null {
  const rung = audience?.to === 'rung' ? audience.rung + 1 : 1
  const found = rungsFor(rule, officeKind)[rung - 1]
  return found ? { to: 'rung', rung, roles: found.roles } : null
}

function roleText(audience: Audience): string {
  return audience.to === 'holder' ? 'holder' : audience.roles.join(',')
}
