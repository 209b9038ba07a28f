import type { Role } from '../obligation/vocabulary.ts'

/**
 * Who is told: whoever holds the thing, the people on a rung of the ladder (all of them, or the first), or those who get a
 * copy of what a rung is told.
 */
export type Audience =
  | { to: 'holder' }
  | { to: 'rung'; rung: number; roles: Role[]; whom?: 'first' }
  | { to: 'copy'; rung: number; roles: Role[] }

/** Each audience once. */
export function distinctAudiences(audiences: readonly Audience[]): Audience[] {
  return [...new Map(audiences.map((a) => [JSON.stringify(a), a])).values()]
}

/** Of several reasons to tell one person, the gravest counts: a high rung first, a copy last. */
export function gravityOf(audience: Audience): number {
  if (audience.to === 'rung') return 1 + audience.rung
  return audience.to === 'holder' ? 1 : 0
}
