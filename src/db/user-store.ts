import { type OfficeKind, ROLE_LABELS, type Role } from '../domain/words.ts'
import { newId } from './ids.ts'
import { removeTotp } from './credential-store.ts'
import { handBack } from './leaving.ts'
import { row, rows, type Sql } from './pool.ts'
import { endSessions } from './session-store.ts'

export type User = {
  id: string
  name: string
  email: string
  active: boolean
  hasPassword: boolean
  secondFactor: boolean
  roles: { office: string; role: Role; label: string; from: string | null; until: string | null }[]
}

/** Everybody with an account or a role, by address. */
export async function listUsers(sql: Sql): Promise<User[]> {
  const found = await rows<User>(
    sql,
    `select p.id, p.name, p.email, p.active, c.password_hash is not null as "hasPassword",
            c.totp_confirmed_wall is not null as "secondFactor",
            coalesce((select jsonb_agg(jsonb_build_object('office', r.office, 'role', r.role, 'from', r.valid_from, 'until', r.valid_until)
                                       order by r.office, r.role) from person_roles r where r.person = p.id), '[]') as roles
       from people p left join credentials c on c.person = p.id order by p.email`,
  )
  return found.map((u) => ({ ...u, roles: u.roles.map((r) => ({ ...r, label: ROLE_LABELS[r.role] })) }))
}

export async function userByEmail(sql: Sql, email: string): Promise<User | undefined> {
  return (await listUsers(sql)).find((u) => u.email.toLowerCase() === email.trim().toLowerCase())
}

/** @returns the id of the new person */
export async function addUser(tx: Sql, { name, email }: { name: string; email: string }): Promise<string> {
  const id = newId('pe')
  await tx.query('insert into people (id, name, email) values ($1, $2, $3)', [id, name, email])
  return id
}

export type RoleGrant = { office: string; role: Role; from?: string | undefined; until?: string | undefined }

/** Gives a role, for a time if it is said; given again, the time is changed. */
export async function grantRole(tx: Sql, person: string, grant: RoleGrant): Promise<void> {
  await tx.query(
    `insert into person_roles (person, office, role, valid_from, valid_until) values ($1, $2, $3, $4, $5)
     on conflict (person, office, role) do update set valid_from = $4, valid_until = $5`,
    [person, grant.office, grant.role, grant.from ?? null, grant.until ?? null],
  )
}

/** Where a role is at home. A town's officer entered at the county would see the whole of it. */
export const ROLE_OFFICES: Record<Role, readonly OfficeKind[]> = {
  'bureau-leader': ['county-bureau'],
  'relief-centre': ['county-centre'],
  'verification-centre': ['county-centre'],
  'town-head': ['town'],
  'town-officer': ['town', 'village'],
  auditor: ['county-bureau', 'city', 'province'],
  administrator: ['county-bureau'],
}

/**
 * With their last role in an office they hand back what named them there.
 * @returns how many matters; null when they did not have the role
 */
export async function takeRole(
  tx: Sql,
  person: string,
  { office, role }: Pick<RoleGrant, 'office' | 'role'>,
): Promise<number | null> {
  const taken = await row(
    tx,
    'delete from person_roles where person = $1 and office = $2 and role = $3 returning 1',
    [person, office, role],
  )
  if (!taken) return null
  const other = await row(tx, 'select from person_roles where person = $1 and office = $2', [person, office])
  return other ? 0 : handBack(tx, person, office)
}

export async function enableUser(tx: Sql, person: string): Promise<void> {
  await tx.query('update people set active = true, disabled_wall = null where id = $1', [person])
}

/** For whoever lost the device that shows the codes: a password alone signs them in again, and every session ends. */
export async function dropSecondFactor(tx: Sql, person: string): Promise<void> {
  await removeTotp(tx, person)
  await endSessions(tx, person)
}
