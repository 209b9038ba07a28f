import { readFileSync } from 'node:fs'

export type PostgresUser = { uid: number; gid: number; name: string }

/** PostgreSQL refuses root: the user to become, or null when we are nobody special. */
export function userForPostgres(): PostgresUser | null {
  if (process.getuid?.() !== 0) return null
  return passwdEntry('postgres') ?? passwdEntry('nobody') ?? { uid: 65534, gid: 65534, name: 'nobody' }
}

/** A number that the list of users does not know cannot run PostgreSQL. */
export function isInPasswd(user: PostgresUser): boolean {
  return passwdEntry(user.name) !== null
}

function passwdEntry(name: string): PostgresUser | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => l.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  // macOS writes nobody as -2.
  return uid && gid ? { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0, name } : null
}
