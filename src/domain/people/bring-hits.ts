import type { State } from '../obligation/vocabulary.ts'
import { type Actor, mayIn, ROLE_PERMISSIONS } from './permissions.ts'

/** What of a comparison decides who may bring its hits: whose it is, and how far it has come. */
export type HitsOf = { office: string; state: State }

/** While the performer has it. What was handed in was held against the files that were there then. */
const WITH_PERFORMER: readonly State[] = ['open', 'returned', 'suspended']

/**
 * May they bring, register and take back files of hits of a comparison (R3, R4)? Whoever manages imports there may until it is
 * cancelled; people of the office that performs it, until they have handed it in. A key performs nothing.
 */
export function mayBringHits(actor: Actor, comparison: HitsOf): boolean {
  const { office, state } = comparison
  if (mayIn(actor, 'imports:manage', office)) return state !== 'cancelled'
  return (
    WITH_PERFORMER.includes(state) &&
    actor.usableRoles.some(
      (held) => held.office === office && ROLE_PERMISSIONS[held.role].includes('hits:import'),
    )
  )
}
