import { type Actor, type Holding, type Permission, permissionsOf } from '../../domain/people/permissions.ts'

/** What the configuration asks a second factor for: everything, an administrator's rights, a household in the clear. */
export type SecondFactorRules = { everybody: boolean; administrators: boolean; revealing: boolean }

type Held = Pick<Holding, 'role'>

/**
 * What a session may do: the rights of those roles sleep for which a second factor is required, until it was shown. Their own
 * account stays open to them, so that they can set one up.
 */
export function sessionPermissions(
  rules: SecondFactorRules,
  holdings: readonly Held[],
  secondFactor: boolean,
): Set<Permission> {
  const awake = permissionsOf(awakeOf(rules, holdings, secondFactor))
  return holdings.length > 0 ? awake.add('self') : awake
}

/** The roles that do not sleep. */
export function awakeOf<H extends Held>(
  rules: SecondFactorRules,
  holdings: readonly H[],
  secondFactor: boolean,
): H[] {
  return holdings.filter((held) => secondFactor || !sleeps(rules, held))
}

function sleeps({ everybody, administrators }: SecondFactorRules, { role }: Held): boolean {
  return everybody || (administrators && role === 'administrator')
}

/** Rights of a person that this session may not use yet. */
export function sleepingPermissions({ kind, holdings, permissions }: Actor): Set<Permission> {
  const all = kind === 'person' ? [...permissionsOf(holdings)] : []
  return new Set(all.filter((right) => !permissions.has(right)))
}

/** Is there nothing this session may do but set a second factor up? */
export function mustSetUpFirst(actor: Actor): boolean {
  return sleepingPermissions(actor).size > 0 && [...actor.permissions].every((right) => right === 'self')
}
