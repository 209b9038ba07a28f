import { readFileSync } from 'node:fs'

/** PostgreSQL refuses root: the user to become, or null when we are nobody special (STACK, trap 2). */
export function userForPostgres(): { uid: number; gid: number; name: string } | null {
  if (process.getuid?.() !== 0) return null
  return passwdEntry('postgres') ?? passwdEntry('nobody') ?? { uid: 65534, gid: 65534, name: 'nobody' }
}

function passwdEntry(name: string): { uid: number; gid: number; name: string } | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => l.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid), name } : null
}
