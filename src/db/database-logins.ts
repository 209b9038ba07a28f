import { createHmac } from 'node:crypto'
import pg from 'pg'
import type { DatabaseRole } from './pool.ts'

export const DATABASE_ROLES: readonly DatabaseRole[] = ['duban_api', 'duban_gate', 'duban_worker']

/**
 * Logins of least privilege, one for each role, on a server of our own: what connects with one cannot become the owner.
 * On a server somebody else runs they are set up by hand (README, production). @returns an address for each role
 */
export async function ensureLogins(ownerUrl: string, secret: string): Promise<Record<DatabaseRole, string>> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const made = DATABASE_ROLES.map((role) => ({
      role,
      login: `${role}_login`,
      password: passwordFor(role, secret),
    }))
    for (const { role, login, password } of made) {
      const known = await client.query('select from pg_roles where rolname = $1', [login])
      const verb = known.rowCount === 0 ? 'create' : 'alter'
      await client.query(`${verb} role ${login} login noinherit password '${password}'`)
      await client.query(`grant ${role} to ${login}`)
    }
    return Object.fromEntries(made.map((m) => [m.role, withLogin(ownerUrl, m.login, m.password)])) as Record<
      DatabaseRole,
      string
    >
  } finally {
    await client.end()
  }
}

/** Hexadecimal, so it needs no quoting. */
function passwordFor(role: DatabaseRole, secret: string): string {
  return createHmac('sha256', secret).update(role).digest('hex')
}

function withLogin(url: string, login: string, password: string): string {
  const address = new URL(url)
  address.username = login
  address.password = password
  return address.toString()
}
