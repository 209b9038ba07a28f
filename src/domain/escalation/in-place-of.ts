import type { Instant } from '../time/days.ts'
import type { Audience } from './audience.ts'
import { type Directory, officeKindOf } from './directory.ts'
import type { Rule } from './policy.ts'
import { nextRungAfter, reachOf } from './vacant-rung.ts'

/** Who was to be told, why, and who of the same rung has been told of it already. */
export type Unreached = { person: string; audience: Audience | null; told: readonly string[] }
type Rung = Extract<Audience, { to: 'rung' }>
export type InPlace = { people: string[]; audience: Rung }

/**
 * Who is told in the place of somebody whom no mail reaches. A rung that told only the first of its role goes on to the next of
 * them; after that comes the next rung where somebody else stands: one person may stand on several. Null: nobody is left.
 */
export function inPlaceOf(
  { person, audience, told }: Unreached,
  rule: Rule,
  held: { office: string; person: string | null },
  directory: Directory,
  now: Instant,
): InPlace | null {
  if (audience?.to === 'rung' && audience.whom === 'first') {
    const people = reachOf(audience, held, directory, now, [person, ...told])
    if (people.length > 0) return { people, audience }
  }
  const officeKind = officeKindOf(held.office, directory)
  for (
    let next = nextRungAfter(audience, rule, officeKind);
    next !== null;
    next = nextRungAfter(next, rule, officeKind)
  ) {
    const people = reachOf(next, held, directory, now, [person])
    if (people.length > 0) return { people, audience: next }
  }
  return null
}
