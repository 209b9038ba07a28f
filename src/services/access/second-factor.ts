import { type Actor, type HeldRole, type Permission, permissionsOf } from '../../domain/people/permissions.ts'
import { permissionsAwaitingSignIn } from './trusted-device.ts'

/** What the configuration requires a second factor for: everything, administrators' rights, unmasked households. */
export type SecondFactorRules = { everybody: boolean; administrators: boolean; revealing: boolean }

type Held = Pick<HeldRole, 'role'>

/**
 * The permissions of a session. A role that requires a second factor grants none until a code was shown. The own
 * account stays open, so that people can set a second factor up.
 */
export function sessionPermissions(
  rules: SecondFactorRules,
  heldRoles: readonly Held[],
  secondFactor: boolean,
): Set<Permission> {
  const awake = permissionsOf(usableRolesOf(rules, heldRoles, secondFactor))
  return heldRoles.length > 0 ? awake.add('self') : awake
}

/** The roles that need no second factor, or all after one was shown. */
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

/** Permissions of the person that this session may not use yet, save those that another sign-in gives back. */
export function permissionsAwaitingSecondFactor(actor: Actor): Set<Permission> {
  const { kind, heldRoles, permissions } = actor
  const all = kind === 'person' ? [...permissionsOf(heldRoles)] : []
  const aged = permissionsAwaitingSignIn(actor)
  return new Set(all.filter((right) => !permissions.has(right) && !aged.has(right)))
}

/** Can this session do nothing but set up a second factor? */
export function mustSetUpFirst(actor: Actor): boolean {
  return (
    permissionsAwaitingSecondFactor(actor).size > 0 &&
    [...actor.permissions].every((right) => right === 'self')
  )
}
