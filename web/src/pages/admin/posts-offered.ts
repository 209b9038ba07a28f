import { ROLE_OFFICES } from '../../../../src/domain/people/role-offices.ts'
import type { Office } from '../../session/use-offices.ts'
import type { Role } from './use-people.ts'

/** The offices of the counties that somebody administers, not those above them. */
export function officesToManage<T extends Pick<Office, 'code'>>(
  offices: readonly T[],
  counties: readonly { code: string }[],
): T[] {
  return offices.filter(({ code }) => counties.some((c) => code === c.code || code.startsWith(`${c.code}.`)))
}

/** The roles that fit an office; all of them before one is chosen. */
export function rolesFor(office: Pick<Office, 'kind'> | undefined): Role[] {
  const roles = Object.keys(ROLE_OFFICES) as Role[]
  return office === undefined
    ? roles
    : roles.filter((role) => ROLE_OFFICES[role].some((k) => k === office.kind))
}
