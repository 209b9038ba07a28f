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

/** The account that somebody tries to sign in to, and from where. */
export type Aim = { email: string; address: string | null }

/**
 * Counts an attempt as failed before it is made, so that a hundred at once get no further than one after the
 * other. @returns what was counted, or how long to wait (ms)
 */
export function bookAttempt(deps: Deps, aim: Aim): Promise<Booking | { retryAfterMs: number }> {
  return bookKeys(deps, keysOf(aim))
}

/** Throttles mails with a reset link the same way, whoever asks for them. */
export async function mayMail(deps: Deps, email: string): Promise<boolean> {
  const booked = await bookKeys(deps, [{ key: `reset:${hashText(email)}`, rule: PER_ACCOUNT }])
  return Array.isArray(booked)
}

async function bookKeys({ gate, wallNow }: Deps, keys: Key[]): Promise<Booking | { retryAfterMs: number }> {
  const now = wallNow()
  return inTransaction(gate, async (tx) => {
    // Accounts are locked before addresses, so that two sign-ins cannot wait for each other.
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

/** Takes the counted attempt back, since it was no failure; earlier ones still count. */
export async function takeAttemptBack(gate: Sql, booking: Booking): Promise<void> {
  for (const { key, ...counted } of booking) await takeBack(gate, key, counted)
}

/** Whether the password is right. A password that was not checked because too many wait costs no attempt. */
export async function isPasswordRight(
  gate: Sql,
  booking: Booking,
  stored: string | null,
  password: string,
): Promise<boolean> {
  return verifyPassword(stored, password).catch(async (error: unknown) => {
    if (error instanceof PasswordsBusy) await takeAttemptBack(gate, booking)
    throw error
  })
}

/** The key of an account's failures; a right password or a link clears it. */
export function accountKey(email: string): string {
  return `account:${hashText(email)}`
}

function keysOf({ email, address }: Aim): Key[] {
  const account = { key: accountKey(email), rule: PER_ACCOUNT }
  return address === null ? [account] : [account, { key: `address:${hashText(address)}`, rule: PER_ADDRESS }]
}

/** Hashed, since somebody may have typed a password into the wrong field. */
function hashText(text: string): string {
  return createHash('sha256').update(text.trim().toLowerCase()).digest('base64url')
}
