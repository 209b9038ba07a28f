import type { Instant } from '../../domain/time/days.ts'
import { row, type Sql, ts } from '../../db/pool.ts'

/** An account as the sign-in needs it. */
export type Account = {
  person: string
  name: string
  email: string
  county: string | null
  /** Names of the offices they work for. */
  offices: string[]
  passwordHash: string | null
  totpSealed: Buffer | null
  totpKeyId: string | null
  totpConfirmedWall: Instant | null
  totpLastStep: number | null
}

const ACCOUNT = `select p.id as person, p.name, p.email, c.password_hash as "passwordHash", c.totp_sealed as "totpSealed",
    c.totp_key_id as "totpKeyId", c.totp_confirmed_wall as "totpConfirmedWall", c.totp_last_step as "totpLastStep",
    (select min(k.office) from person_roles r join counties k on r.office = k.office or r.office ^@ (k.office || '.')
      where r.person = p.id) as county,
    array(select distinct o.name from person_roles r join offices o on o.code = r.office where r.person = p.id) as offices
  from people p left join credentials c on c.person = p.id`

/** Finds an account by work address, in any case; undefined when unknown or disabled. */
export function accountByEmail(gate: Sql, email: string): Promise<Account | undefined> {
  return row(gate, `${ACCOUNT} where lower(p.email) = lower($1) and p.active`, [email.trim()])
}

export function accountOf(gate: Sql, person: string): Promise<Account | undefined> {
  return row(gate, `${ACCOUNT} where p.id = $1 and p.active`, [person])
}

export async function setPassword(gate: Sql, person: string, hash: string, wallNow: Instant): Promise<void> {
  await gate.query(
    `insert into credentials (person, password_hash, changed_wall) values ($1, $2, $3)
     on conflict (person) do update set password_hash = $2, changed_wall = $3`,
    [person, hash, ts(wallNow)],
  )
}

/** Kept because sessions are deleted, and a sample person has no password. */
export async function noteSignIn(gate: Sql, person: string, wallNow: Instant): Promise<void> {
  await gate.query(
    `insert into credentials (person, signed_in_wall, changed_wall) values ($1, $2, $2)
     on conflict (person) do update set signed_in_wall = $2`,
    [person, ts(wallNow)],
  )
}

/** Stores a second factor. It is not in force until a first code confirms it. */
export async function enrolTotp(
  gate: Sql,
  person: string,
  sealed: { totpSealed: Buffer; totpKeyId: string },
  wallNow: Instant,
): Promise<void> {
  await gate.query(
    `insert into credentials (person, totp_sealed, totp_key_id, changed_wall) values ($1, $2, $3, $4)
     on conflict (person) do update set totp_sealed = $2, totp_key_id = $3, totp_last_step = null, changed_wall = $4
       where credentials.totp_confirmed_wall is null`,
    [person, sealed.totpSealed, sealed.totpKeyId, ts(wallNow)],
  )
}

export async function confirmTotp(gate: Sql, person: string, wallNow: Instant): Promise<void> {
  await gate.query('update credentials set totp_confirmed_wall = $2 where person = $1', [person, ts(wallNow)])
}

export async function removeTotp(gate: Sql, person: string): Promise<void> {
  await gate.query(
    `update credentials set totp_sealed = null, totp_key_id = null, totp_confirmed_wall = null, totp_last_step = null
      where person = $1`,
    [person],
  )
}

/** Marks a time step as used. @returns false when it, or a later one, was used before: a code is good once */
export async function takeStep(gate: Sql, person: string, step: number): Promise<boolean> {
  const taken = await row(
    gate,
    `update credentials set totp_last_step = $2 where person = $1 and coalesce(totp_last_step < $2, true) returning 1`,
    [person, step],
  )
  return taken !== undefined
}
