import type { Day } from '../../domain/time/days.ts'
import { ROLE_LABELS, type Role } from '../../domain/obligation/vocabulary.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql } from '../../db/pool.ts'
import { credentials, people, personRoles } from '../../db/schema/index.ts'
import { allOf, columns, computed, maybe, type RowsOf, selectRows } from '../../db/select-columns.ts'

const PERSON = columns(people, 'p', [
  ...(['id', 'name', 'email', 'active', 'version'] as const),
  ...(['absentFrom', 'absentUntil', 'substitute', 'phone', 'quietDays'] as const),
])
type Held = { office: string; role: Role; from: Day | null; until: Day | null }
const USER = allOf(
  PERSON,
  maybe(columns(credentials, 'c', ['signedInWall'])),
  computed<{ hasPassword: boolean; secondFactor: boolean; roles: Held[] }>({
    hasPassword: 'c.password_hash is not null',
    secondFactor: 'c.totp_confirmed_wall is not null',
    roles: `coalesce((select jsonb_agg(jsonb_build_object('office', r.office, 'role', r.role, 'from', r.valid_from, 'until', r.valid_until)
                                order by r.office, r.role) from person_roles r where r.person = p.id), '[]')`,
  }),
)
export type User = Omit<RowsOf<typeof USER>, 'roles'> & { roles: (Held & { label: string })[] }

/** Everybody with an account or a role, by address. @param counties only those with a role in one of these */
export async function listUsers(sql: Sql, counties: readonly string[] | null = null): Promise<User[]> {
  const found = await selectRows(
    sql,
    USER,
    `from people p left join credentials c on c.person = p.id
      where $1::text[] is null or exists (
        select from person_roles r, unnest($1::text[]) county
         where r.person = p.id and (r.office = county or r.office ^@ (county || '.')))
      order by p.email`,
    [counties],
  )
  return found.map((u) => ({ ...u, roles: u.roles.map((r) => ({ ...r, label: ROLE_LABELS[r.role] })) }))
}

export async function userByEmail(sql: Sql, email: string): Promise<User | undefined> {
  return (await listUsers(sql)).find((u) => u.email.toLowerCase() === email.trim().toLowerCase())
}

/** Whether somebody has the address, however its letters are written. */
export async function isTaken(sql: Sql, email: string): Promise<boolean> {
  return (await row(sql, 'select from people where lower(email) = lower($1)', [email.trim()])) !== undefined
}

/** @returns the id of the new person */
export async function addUser(tx: Sql, { name, email }: { name: string; email: string }): Promise<string> {
  const id = newId('pe')
  await insertRow(tx, people, { id, name, email })
  return id
}

/** How somebody is called and reached. */
export type ContactData = Pick<User, 'name' | 'email' | 'phone' | 'quietDays'>

export async function writeContact(
  tx: Sql,
  person: string,
  { name, email, phone, quietDays }: ContactData,
): Promise<void> {
  await tx.query('update people set name = $2, email = $3, phone = $4, quiet_days = $5 where id = $1', [
    person,
    ...[name, email, phone, quietDays],
  ])
  await raiseVersion(tx, person)
}

export type RoleGrant = { office: string; role: Role; from?: string | undefined; until?: string | undefined }

/** Grants a role, optionally for a time; granting it again changes the time. */
export async function grantRole(tx: Sql, person: string, grant: RoleGrant): Promise<void> {
  const { office, role, from: validFrom = null, until: validUntil = null } = grant
  await insertRow(
    tx,
    personRoles,
    { person, office, role, validFrom, validUntil },
    {
      onConflict: `(person, office, role) do update
        set valid_from = excluded.valid_from, valid_until = excluded.valid_until`,
    },
  )
  await raiseVersion(tx, person)
}

/** @returns whether it was their last role in that office; null when they did not have it */
export async function takeRole(
  tx: Sql,
  person: string,
  { office, role }: Pick<RoleGrant, 'office' | 'role'>,
): Promise<boolean | null> {
  const taken = await row(
    tx,
    'delete from person_roles where person = $1 and office = $2 and role = $3 returning 1',
    [person, office, role],
  )
  if (!taken) return null
  await raiseVersion(tx, person)
  return !(await row(tx, 'select from person_roles where person = $1 and office = $2', [person, office]))
}

export async function enableUser(tx: Sql, person: string): Promise<void> {
  await tx.query('update people set active = true, disabled_wall = null where id = $1', [person])
  await raiseVersion(tx, person)
}

/**
 * Locks the person until the transaction ends, and all administering, so that two administrators cannot disable
 * each other.
 */
export async function lockUser(tx: Sql, person: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('administering', 2))`)
  await tx.query('select from people where id = $1 for no key update', [person])
}

/** The days from today on that somebody administers the county, not counting substitutes: a datemultirange. */
export async function administeredDays(tx: Sql, county: string, today: Day): Promise<string> {
  const found = await row<{ days: string }>(
    tx,
    `select (coalesce(range_agg(daterange(r.valid_from, r.valid_until, '[]')), '{}')
             * datemultirange(daterange($2, null)))::text as days
       from person_roles r join people p on p.id = r.person
      where r.role = 'administrator' and p.active and (r.office = $1 or r.office ^@ ($1 || '.'))
        and (r.valid_from <= r.valid_until) is not false`,
    [county, today],
  )
  return found?.days ?? '{}'
}

/** The first day in `before` that is missing in `after`; null when there is none. */
export async function firstDayLost(tx: Sql, before: string, after: string): Promise<Day | null> {
  const found = await row<{ day: Day | null }>(
    tx,
    'select lower($1::datemultirange - $2::datemultirange) as day',
    [before, after],
  )
  return found?.day ?? null
}

/** Raises the version, so that an edit of an outdated copy is refused. */
export async function raiseVersion(tx: Sql, person: string): Promise<void> {
  await tx.query('update people set version = version + 1 where id = $1', [person])
}
