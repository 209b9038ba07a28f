import type { Instant } from '../time/days.ts'
import type { Audience } from './audience.ts'
import { type Directory, officeKindOf, peopleFor } from './directory.ts'
import { rungsFor } from './rung-audiences.ts'
import type { Rule } from './policy.ts'
import type { OfficeKind } from '../obligation/vocabulary.ts'

/** Why nobody on a rung can be told: it is empty, or everybody on it is late themselves. */
export type VacancyReason = 'vacant' | 'late-themselves'
/** A rung that reaches nobody; `passedTo`: who is told instead, or nobody. */
export type Vacancy = { role: string; reason: VacancyReason; passedTo: string | null }
type Held = { office: string; person: string | null }
type Passed = { people: string[]; reached: Audience; vacancy: Vacancy | null }

/**
 * Whom an audience comes to: its own people, or, where it reaches nobody, those of the next rung that does. Whoever is
 * late cannot press themselves: a rung of nobody else counts as vacant. A vacant holder passes on to the first rung.
 */
export function passUpwards(
  audience: Exclude<Audience, { to: 'copy' }>,
  rule: Rule,
  held: Held,
  directory: Directory,
  now: Instant,
): Passed {
  const reach = (to: Audience) => reachOf(to, held, directory, now)
  let next: Audience | null = audience
  let people = reach(next)
  const reason =
    people.length > 0 || peopleFor(audience, held, directory, now).length === 0 ? 'vacant' : 'late-themselves'
  while (people.length === 0 && next !== null) {
    next = nextRungAfter(next, rule, officeKindOf(held.office, directory))
    people = next === null ? [] : reach(next)
  }
  const vacancy = { role: roleText(audience), reason, passedTo: people[0] ?? null } as const
  return { people, reached: next ?? audience, vacancy: next === audience ? null : vacancy }
}

/**
 * Whom a rung can press: its people without those who are late; the first of them where the policy says so.
 * @param passedOver whom no mail reaches: the next of the role comes first then
 */
export function reachOf(
  audience: Audience,
  held: Held,
  directory: Directory,
  now: Instant,
  passedOver: readonly string[] = [],
): string[] {
  const people = peopleFor(audience, held, directory, now)
  if (audience.to !== 'rung') return people.filter((person) => !passedOver.includes(person))
  const late = peopleFor({ to: 'holder' }, held, directory, now)
  const others = people.filter((person) => !late.includes(person) && !passedOver.includes(person))
  return audience.whom === 'first' ? others.slice(0, 1) : others
}

/** The rung above: after the holder comes rung 1, after the last rung nobody; a copy passes on to nobody. */
export function nextRungAfter(
  audience: Audience | null,
  rule: Rule,
  officeKind: OfficeKind,
): Extract<Audience, { to: 'rung' }> | null {
  if (audience?.to === 'copy') return null
  const rung = audience?.to === 'rung' ? audience.rung + 1 : 1
  const found = rungsFor(rule, officeKind)[rung - 1]
  return found
    ? { to: 'rung', rung, roles: found.roles, ...(found.whom === 'first' ? { whom: found.whom } : {}) }
    : null
}

function roleText(audience: Audience): string {
  return audience.to === 'holder' ? 'holder' : audience.roles.join(',')
}
