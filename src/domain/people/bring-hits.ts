import type { State } from '../obligation/vocabulary.ts'
import {
  type Actor,
  type HeldRole,
  isUnder,
  mayIn,
  type Permission,
  ROLE_PERMISSIONS,
} from './permissions.ts'

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
  return WITH_PERFORMER.includes(state) && worksIn(actor, office)
}

/**
 * The office for which they bring them: the one that performs the comparison, where it is theirs, else the one by whose role they
 * manage imports there. Null for a key, which is of no office.
 */
export function bringsFor(actor: Actor, { office }: Pick<HitsOf, 'office'>): string | null {
  if (worksIn(actor, office)) return office
  const managing = rolesWith(actor, 'imports:manage').find(({ root }) => isUnder(office, root))
  return managing?.office ?? null
}

/** Whether they work in an office that brings hits. */
export function worksIn(actor: Actor, office: string): boolean {
  return rolesWith(actor, 'hits:import').some((held) => held.office === office)
}

function rolesWith({ usableRoles }: Actor, permission: Permission): HeldRole[] {
  return usableRoles.filter(({ role }) => ROLE_PERMISSIONS[role].includes(permission))
}
