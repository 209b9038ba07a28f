import { type Actor, type HeldRole, type Permission, permissionsOf } from '../../domain/people/permissions.ts'

/** What the configuration asks a second factor for: everything, an administrator's rights, a household in the clear. */
export type SecondFactorRules = { everybody: boolean; administrators: boolean; revealing: boolean }

type Held = Pick<HeldRole, 'role'>

/**
 * What a session may do: the rights of those roles sleep for which a second factor is required, until it was shown. Their own
 * account stays open to them, so that they can set one up.
 */
export function sessionPermissions(
  rules: SecondFactorRules,
  heldRoles: readonly Held[],
  secondFactor: boolean,
): Set<Permission> {
  const awake = permissionsOf(usableRolesOf(rules, heldRoles, secondFactor))
  return heldRoles.length > 0 ? awake.add('self') : awake
}

/** The roles that do not sleep. */
export function usableRolesOf<H extends Held>(
  rules: SecondFactorRules,
  heldRoles: readonly H[],
  secondFactor: boolean,
): H[] {
  return heldRoles.filter((held) => secondFactor || !awaitsSecondFactor(rules, held))
}

function awaitsSecondFactor({ everybody, administrators }: SecondFactorRules, { role }: Held): boolean {
  return everybody || (administrators && role === 'administrator')
}

/** Rights of a person that this session may not use yet. */
export function permissionsAwaitingSecondFactor({ kind, heldRoles, permissions }: Actor): Set<Permission> {
  const all = kind === 'person' ? [...permissionsOf(heldRoles)] : []
  return new Set(all.filter((right) => !permissions.has(right)))
}

/** Is there nothing this session may do but set a second factor up? */
export function mustSetUpFirst(actor: Actor): boolean {
  return (
    permissionsAwaitingSecondFactor(actor).size > 0 &&
    [...actor.permissions].every((right) => right === 'self')
  )
}
