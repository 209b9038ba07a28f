import { type Actor, type Holding, type Permission, permissionsOf } from '../domain/access.ts'

/** What the configuration asks a second factor for. */
export type SecondFactorRules = { administrators: boolean; revealing: boolean }

type Held = readonly Pick<Holding, 'role'>[]

/** Is what they are about to do closed to a session that has shown a password alone? */
export function secondFactorNeeded(
  rules: SecondFactorRules,
  doing: 'administering' | 'revealing',
  secondFactor: boolean,
): boolean {
  if (secondFactor) return false
  return doing === 'administering' ? rules.administrators : rules.revealing
}

/**
 * What a session may do: the rights of an administrator sleep until the second factor was shown, where that is required.
 * Their own account stays open to them, so that they can set one up.
 */
export function sessionPermissions(
  rules: SecondFactorRules,
  holdings: Held,
  secondFactor: boolean,
): Set<Permission> {
  if (!secondFactorNeeded(rules, 'administering', secondFactor)) return permissionsOf(holdings)
  const awake = permissionsOf(holdings.filter(({ role }) => role !== 'administrator'))
  return holdings.length > 0 ? awake.add('self') : awake
}

/** Rights of a person that this session may not use yet. */
export function sleepingPermissions({ kind, holdings, permissions }: Actor): Set<Permission> {
  const all = kind === 'person' ? [...permissionsOf(holdings)] : []
  return new Set(all.filter((right) => !permissions.has(right)))
}
