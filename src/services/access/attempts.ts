import { createHash } from 'node:crypto'
import { inTransaction, type Sql } from '../../db/pool.ts'
import { type Attempts, attemptsOf, keepAttempts, lockAttempts, takeBack } from './attempts-store.ts'
import type { AccessDeps } from './deps.ts'
import { PasswordsBusy, verifyPassword } from './passwords.ts'
import { afterFailure, blockedUntil, PER_ACCOUNT, PER_ADDRESS, type ThrottleRule } from './throttle.ts'

type Deps = Pick<AccessDeps, 'gate' | 'wallNow'>
type Key = { key: string; rule: ThrottleRule }
/** What was counted, so that it can be taken back. */
export type Booking = { key: string; before: Attempts | undefined; after: Attempts }[]

/** Who is tried to be, and from where. */
export type Aim = { email: string; address: string | null }

/**
 * Counts an attempt as failed before it is tried: of a hundred at once no more get through than one after the other would.
 * @returns what was counted, or how long to wait (ms)
 */
export function bookAttempt(deps: Deps, aim: Aim): Promise<Booking | { retryAfterMs: number }> {
  return book(deps, keysOf(aim))
}

/** The same for mails with a reset link: each takes the wait of one more failure, whoever asks. */
export async function mayMail(deps: Deps, email: string): Promise<boolean> {
  const booked = await book(deps, [{ key: `reset:${hashed(email)}`, rule: PER_ACCOUNT }])
  return Array.isArray(booked)
}

async function book({ gate, wallNow }: Deps, keys: Key[]): Promise<Booking | { retryAfterMs: number }> {
  const now = wallNow()
  return inTransaction(gate, async (tx) => {
    // Everybody locks an account before an address, so nobody waits for each other.
    const known: (Attempts | undefined)[] = []
    for (const { key } of keys) {
      await lockAttempts(tx, key)
      known.push(await attemptsOf(tx, key))
    }
    const wait = Math.max(0, ...known.map((attempts) => (blockedUntil(attempts, now) ?? now) - now))
    if (wait > 0) return { retryAfterMs: wait }
    const booking: Booking = []
    for (const [i, { key, rule }] of keys.entries()) {
      const after = afterFailure(known[i], rule, now)
      await keepAttempts(tx, key, after)
      booking.push({ key, before: known[i], after })
    }
    return booking
  })
}

/** It was no failure after all; earlier ones still count. */
export async function forgive(gate: Sql, booking: Booking): Promise<void> {
  for (const { key, ...counted } of booking) await takeBack(gate, key, counted)
}

/** Whether the password is right. One that was never looked at, for the crowd that waits, costs nobody an attempt. */
export async function tried(
  gate: Sql,
  booking: Booking,
  stored: string | null,
  password: string,
): Promise<boolean> {
  return verifyPassword(stored, password).catch(async (error: unknown) => {
    if (error instanceof PasswordsBusy) await forgive(gate, booking)
    throw error
  })
}

/** The key of an account's failures; a right password or a link clears it. */
export function accountKey(email: string): string {
  return `account:${hashed(email)}`
}

function keysOf({ email, address }: Aim): Key[] {
  const account = { key: accountKey(email), rule: PER_ACCOUNT }
  return address === null ? [account] : [account, { key: `address:${hashed(address)}`, rule: PER_ADDRESS }]
}

/** What somebody typed into the wrong field must not stand in a table. */
function hashed(text: string): string {
  return createHash('sha256').update(text.trim().toLowerCase()).digest('base64url')
}
