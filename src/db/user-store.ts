import type { Instant } from '../domain/days.ts'
import { nextRound } from '../domain/office-hours.ts'
import { ROLE_LABELS, type Role } from '../domain/words.ts'
import { readCalendar } from './calendar-store.ts'
import { newId } from './ids.ts'
import { addNotices } from './notice-store.ts'
import { counties, county as countySettings } from './office-store.ts'
import { poke } from './poke-store.ts'
import { row, rows, type Sql, ts } from './pool.ts'
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

/** @returns false when they did not have it */
export async function takeRole(
  tx: Sql,
  person: string,
  { office, role }: Pick<RoleGrant, 'office' | 'role'>,
): Promise<boolean> {
  const taken = await row(
    tx,
    'delete from person_roles where person = $1 and office = $2 and role = $3 returning 1',
    [person, office, role],
  )
  return taken !== undefined
}

/**
 * Nobody signs in as them any more. What they held goes back to their office, whose people are reminded from now on, and
 * the relief centre is told in the next round: no reminder vanishes with a user (R17). @returns how many matters
 */
export async function disableUser(
  tx: Sql,
  user: Pick<User, 'id' | 'name' | 'roles'>,
  at: { now: Instant; wallNow: Instant },
): Promise<number> {
  await tx.query('update people set active = false, disabled_wall = $2 where id = $1', [
    user.id,
    ts(at.wallNow),
  ])
  await endSessions(tx, user.id)
  await tx.query('update login_links set used_wall = $2 where person = $1 and used_wall is null', [
    user.id,
    ts(at.wallNow),
  ])
  const held = await rows<{ deadline: string }>(
    tx,
    'update assignments set person = null where person = $1 and ended_at is null returning deadline',
    [user.id],
  )
  await poke(tx, 'deadline', [...new Set(held.map((h) => h.deadline))])
  for (const { office } of await counties(tx))
    if (user.roles.some((r) => r.office === office || r.office.startsWith(`${office}.`)))
      await tellReliefCentre(tx, { county: office, user, held: held.length }, at)
  return held.length
}

async function tellReliefCentre(
  tx: Sql,
  { county, user, held }: { county: string; user: Pick<User, 'id' | 'name'>; held: number },
  { now, wallNow }: { now: Instant; wallNow: Instant },
): Promise<void> {
  const people = await rows<{ person: string }>(
    tx,
    `select distinct r.person from person_roles r join people p on p.id = r.person
      where r.role = 'relief-centre' and p.active and r.office ^@ ($1 || '.')`,
    [county],
  )
  const { hours } = await countySettings(tx, county)
  const roundAt = nextRound(now, hours, await readCalendar(tx))
  const matters = held > 0 ? `名下 ${held} 件未办结事项已转由所在单位承办` : '名下没有未办结的事项'
  await addNotices(
    tx,
    people.map(({ person }) => ({
      ...{ county, person, cause: `disabled/${user.id}/${wallNow}`, kind: 'correction' as const },
      ...{ deadline: null, audience: null, urgent: false, roundAt },
      detail: `${user.name} 的账号已停用,${matters};请确认该单位仍有人经办。`,
    })),
    now,
  )
  await poke(tx, 'courier', [county])
}

export async function enableUser(tx: Sql, person: string): Promise<void> {
  await tx.query('update people set active = true, disabled_wall = null where id = $1', [person])
}
