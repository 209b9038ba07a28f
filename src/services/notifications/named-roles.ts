import { holders } from '../../domain/escalation/directory.ts'
import type { Role } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Telling } from './notify.ts'
import type { Staff } from './readers.ts'

/** Who holds the roles that a county's policy names; each role that nobody holds is kept as not reached (R20). */
export function holdersOfNamed(
  county: string,
  roles: readonly Role[],
  { directory, offices }: Staff,
  now: Instant,
): { people: string[]; notReached: NonNullable<Telling['notReached']> } {
  const held = roles.map((role) => ({ role, people: holders(role, [...offices.keys()], directory, now) }))
  const vacant = { office: county, person: null, passedTo: null, reason: 'vacant' } as const
  return {
    people: [...new Set(held.flatMap(({ people }) => people))],
    notReached: held.filter(({ people }) => people.length === 0).map(({ role }) => ({ ...vacant, role })),
  }
}
