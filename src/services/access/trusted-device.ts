import type { Role } from '../../domain/obligation/vocabulary.ts'
import { type Actor, type HeldRole, type Permission, permissionsOf } from '../../domain/people/permissions.ts'
import type { Instant } from '../../domain/time/days.ts'

/** How long a device stays trusted after a sign-in with a password (ms). */
export const TRUSTED_MS = 30 * 86_400_000
/** A working day: everybody signs in once in the morning. Longer ones are on trusted devices (ms). */
export const WORKING_DAY_MS = 12 * 3_600_000

/** Whoever works in a town. The device of anybody else asks for a sign-in every day, since it sees the county. */
const IN_TOWN: readonly Role[] = ['town-officer', 'town-head']

/** What everybody keeps, whatever their role. */
const OWN: readonly Permission[] = ['self', 'directory:read', 'calendar:read', 'policies:read']

/**
 * What a trusted device may do after the day of its sign-in: the daily work of a town. Whoever finds a telephone reads no
 * household in full, waives or cancels nothing, and manages no colleague.
 */
const DAILY: ReadonlySet<Permission> = new Set<Permission>([
  ...(['obligations:read', 'deadlines:read', 'mails:read', 'campaigns:read'] as const),
  ...(['obligations:act', 'obligations:register', 'notes:read'] as const),
])

/** Whether the sign-in behind a session is more than a working day ago. */
export function isAged({ createdWall }: { createdWall: Instant }, wallNow: Instant): boolean {
  return wallNow - createdWall >= WORKING_DAY_MS
}

/** The roles and permissions that an aged session keeps. */
export function keptByAged(roles: readonly HeldRole[]): { roles: HeldRole[]; permissions: Set<Permission> } {
  const inTown = roles.filter(({ role }) => IN_TOWN.includes(role))
  const daily = [...permissionsOf(inTown)].filter((right) => DAILY.has(right))
  return { roles: inTown, permissions: new Set([...OWN, ...daily]) }
}

/** Permissions of the person that come back with another sign-in. */
export function permissionsAwaitingSignIn({ kind, heldRoles, aged, permissions }: Actor): Set<Permission> {
  const all = kind === 'person' && aged ? [...permissionsOf(heldRoles)] : []
  return new Set(all.filter((right) => !permissions.has(right)))
}
