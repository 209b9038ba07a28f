import type { Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql, ts } from '../../db/pool.ts'
import { credentials, people } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  maybe,
  type RowsOf,
  selectRow,
} from '../../db/select-columns.ts'

const CREDENTIAL = columns(credentials, 'c', [
  ...(['passwordHash', 'totpEncrypted', 'totpKeyId', 'totpConfirmedWall', 'totpLastStep'] as const),
])

const ACCOUNT = allOf(
  columnsAs(people, 'p', { person: 'id', name: 'name', email: 'email' }),
  // Nobody has set a password or a factor yet: all of them are null.
  maybe(CREDENTIAL),
  computed<{ county: string | null; offices: string[] }>({
    county: `(select min(k.office) from person_roles r join counties k on r.office = k.office or r.office ^@ (k.office || '.')
      where r.person = p.id)`,
    // Names of the offices they work for.
    offices: `array(select distinct o.name from person_roles r join offices o on o.code = r.office where r.person = p.id)`,
  }),
)
/** An account as the sign-in needs it. */
export type Account = RowsOf<typeof ACCOUNT>
const ACCOUNTS = 'from people p left join credentials c on c.person = p.id'

/** Finds an account by work address, in any case; undefined when unknown or disabled. */
export function accountByEmail(gate: Sql, email: string): Promise<Account | undefined> {
  return selectRow(gate, ACCOUNT, `${ACCOUNTS} where lower(p.email) = lower($1) and p.active`, [email.trim()])
}

export function accountOf(gate: Sql, person: string): Promise<Account | undefined> {
  return selectRow(gate, ACCOUNT, `${ACCOUNTS} where p.id = $1 and p.active`, [person])
}

/** The bureau of the county an account works for, and whom its people ask; none for whoever has no county yet. */
export function bureauOf(gate: Sql, email: string): Promise<{ name: string; contact: string } | undefined> {
  return row<{ name: string; contact: string }>(
    gate,
    `select o.name, k.contact from people p join person_roles r on r.person = p.id
       join counties k on r.office = k.office or r.office ^@ (k.office || '.') join offices o on o.code = k.office
      where lower(p.email) = lower($1) order by k.office limit 1`,
    [email.trim()],
  )
}

export async function setPassword(gate: Sql, person: string, hash: string, wallNow: Instant): Promise<void> {
  const set = 'password_hash = excluded.password_hash, changed_wall = excluded.changed_wall'
  await insertRow(
    gate,
    credentials,
    { person, passwordHash: hash, changedWall: wallNow },
    { onConflict: `(person) do update set ${set}` },
  )
}

/** Kept because sessions are deleted, and a sample person has no password. */
export async function noteSignIn(gate: Sql, person: string, wallNow: Instant): Promise<void> {
  await insertRow(
    gate,
    credentials,
    { person, signedInWall: wallNow, changedWall: wallNow },
    { onConflict: '(person) do update set signed_in_wall = excluded.signed_in_wall' },
  )
}

/** Stores a second factor. It is not in force until a first code confirms it. */
export async function enrolTotp(
  gate: Sql,
  person: string,
  encrypted: { totpEncrypted: Buffer; totpKeyId: string },
  wallNow: Instant,
): Promise<void> {
  const { totpEncrypted, totpKeyId } = encrypted
  await insertRow(
    gate,
    credentials,
    { person, totpEncrypted, totpKeyId, changedWall: wallNow },
    {
      onConflict: `(person) do update set totp_encrypted = excluded.totp_encrypted, totp_key_id = excluded.totp_key_id,
        totp_last_step = null, changed_wall = excluded.changed_wall where credentials.totp_confirmed_wall is null`,
    },
  )
}

export async function confirmTotp(gate: Sql, person: string, wallNow: Instant): Promise<void> {
  await gate.query('update credentials set totp_confirmed_wall = $2 where person = $1', [person, ts(wallNow)])
}

export async function removeTotp(gate: Sql, person: string): Promise<void> {
  await gate.query(
    `update credentials set totp_encrypted = null, totp_key_id = null, totp_confirmed_wall = null, totp_last_step = null
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
