import { type Actor, type Permission, permissionsOf } from '../../domain/people/permissions.ts'
import type { Instant } from '../../domain/time/days.ts'

/** How long a device stays trusted after a sign-in with a password (ms). */
export const TRUSTED_MS = 30 * 86_400_000
/** A working day: everybody signs in once in the morning. Longer ones are on trusted devices (ms). */
export const WORKING_DAY_MS = 12 * 3_600_000

/**
 * What a trusted device may do after the day of its sign-in. Whoever finds a telephone reads no household in full, waives or
 * cancels nothing, imports nothing, and manages no colleague.
 */
const DAILY: ReadonlySet<Permission> = new Set<Permission>([
  ...(['self', 'directory:read', 'calendar:read', 'policies:read'] as const),
  ...(['obligations:read', 'deadlines:read', 'mails:read', 'campaigns:read', 'imports:read'] as const),
  ...(['obligations:act', 'obligations:review', 'obligations:register', 'notes:read'] as const),
])

/** Whether the sign-in behind a session is more than a working day ago. */
export function isAged({ createdWall }: { createdWall: Instant }, wallNow: Instant): boolean {
  return wallNow - createdWall >= WORKING_DAY_MS
}

/** The permissions that a session keeps. */
export function permissionsAtAge(
  permissions: ReadonlySet<Permission>,
  aged: boolean,
): ReadonlySet<Permission> {
  return aged ? new Set([...permissions].filter((right) => DAILY.has(right))) : permissions
}

/** Permissions of the person that come back with another sign-in. */
export function permissionsAwaitingSignIn({ kind, usableRoles, aged, permissions }: Actor): Set<Permission> {
  const all = kind === 'person' && aged ? [...permissionsOf(usableRoles)] : []
  return new Set(all.filter((right) => !permissions.has(right)))
}
