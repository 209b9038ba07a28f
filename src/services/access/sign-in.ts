import { addAuditEvent } from '../audit/trail.ts'
import { type Account, accountByEmail, accountOf, noteSignIn, takeStep } from './credentials.ts'
import { inTransaction } from '../../db/pool.ts'
import { totpContext } from '../vault/encryption-context.ts'
import { decryptBytes } from '../vault/encryption.ts'
import { createSession, endSessionOf, forgetSessions, type SessionRow } from './sessions.ts'
import { forgetFailures, forgetOldFailures } from './attempts-store.ts'
import { accountKey, bookAttempt, takeAttemptBack, isPasswordRight } from './attempts.ts'
import type { AccessDeps, Origin } from './deps.ts'
import type { RenewedToken } from './renewed-token.ts'
import { hashToken, newToken } from './tokens.ts'
import { stepOfCode } from './totp.ts'
import { TRUSTED_MS } from './trusted-device.ts'

export type SignedIn = RenewedToken & { sessionId: string; person: string }
export type SignInRefusal =
  { refused: 'wrong' } | { refused: 'code-needed' } | { refused: 'throttled'; retryAfterMs: number }

export type Attempt = Origin & {
  email: string
  password: string
  code?: string | undefined
  /** The device is its owner's own: it stays signed in for thirty days. */
  trustDevice?: boolean | undefined
}

/** Failures older than this no longer count (ms). */
const FORGOTTEN_MS = 7 * 86_400_000

/**
 * Signs in by work address and password, and a code when a second factor is set up. An unknown address, a wrong
 * password and a wrong code get the same answer in the same time. Failures delay the next attempt for this
 * account and this address.
 */
export async function signIn(deps: AccessDeps, attempt: Attempt): Promise<SignedIn | SignInRefusal> {
  const account = (await accountByEmail(deps.gate, attempt.email)) ?? null
  const booked = await bookAttempt(deps, attempt)
  if ('retryAfterMs' in booked)
    return recordRefusal(deps, account, attempt, { refused: 'throttled', retryAfterMs: booked.retryAfterMs })
  const right = await isPasswordRight(deps.gate, booked, account?.passwordHash ?? null, attempt.password)
  if (!account || !right) return recordRefusal(deps, account, attempt, { refused: 'wrong' })
  const secondFactor = account.totpConfirmedWall !== null
  if (secondFactor && !attempt.code) {
    await takeAttemptBack(deps.gate, booked)
    // This is not counted as a failure, but a stolen password alone leads no further.
    return recordRefusal(deps, account, attempt, { refused: 'code-needed' })
  }
  if (secondFactor && !(await takesCode(deps, account, attempt.code ?? '')))
    return recordRefusal(deps, account, attempt, { refused: 'wrong' })
  await takeAttemptBack(deps.gate, booked)
  await forgetFailures(deps.gate, accountKey(attempt.email))
  return beginSession(
    deps,
    account,
    { via: 'password', secondFactor, trusted: attempt.trustDevice ?? false },
    attempt,
  )
}

/**
 * Signs in as a sample person, in a demonstration on this machine. @returns null when it is not allowed, or
 * there is no such person
 */
export async function signInAsSample(
  deps: AccessDeps,
  person: string,
  origin: Origin,
): Promise<SignedIn | null> {
  if (!deps.demoSignIn) return null
  const account = await accountOf(deps.gate, person)
  return account ? beginSession(deps, account, { via: 'demo', secondFactor: false }, origin) : null
}

/** Begins a session under a new token and ends the browser's previous one. */
export async function beginSession(
  deps: AccessDeps,
  account: Account,
  {
    via,
    secondFactor,
    trusted = false,
  }: Pick<SessionRow, 'via'> & { secondFactor: boolean; trusted?: boolean },
  origin: Origin,
): Promise<SignedIn> {
  const token = newToken()
  const wallNow = deps.wallNow()
  const { address, agent, replaces } = origin
  const sessionId = await inTransaction(deps.gate, async (tx) => {
    await forgetSessions(tx, wallNow)
    await forgetOldFailures(tx, wallNow - FORGOTTEN_MS)
    if (replaces) await endSessionOf(tx, hashToken(replaces))
    await addAuditEvent(tx, {
      ...signInEvent(deps, account, origin, 'done'),
      detail: { via, secondFactor, ...(trusted && { trusted }) },
    })
    await noteSignIn(tx, account.person, wallNow)
    const session = { person: account.person, via, address, agent, secondFactor, trusted }
    return createSession(tx, { ...session, tokenHash: hashToken(token) }, wallNow)
  })
  const trustedUntil = trusted ? wallNow + TRUSTED_MS : null
  return { token, trustedUntil, sessionId, person: account.person }
}

/** Is it a code of now or half a minute around, and not used before? */
export async function takesCode(
  { gate, keys, wallNow }: Pick<AccessDeps, 'gate' | 'keys' | 'wallNow'>,
  account: Account,
  code: string,
): Promise<boolean> {
  const secret = totpSecretOf(keys, account)
  if (secret === null) return false
  const step = stepOfCode(secret, code, wallNow())
  return step !== null && (await takeStep(gate, account.person, step))
}

/** The secret of a second factor, in force or being set up. */
function totpSecretOf(
  keys: AccessDeps['keys'],
  { person, totpEncrypted, totpKeyId }: Account,
): string | null {
  return totpEncrypted && decryptBytes(keys, totpContext(person), totpEncrypted, totpKeyId).toString()
}

/** Records a failed sign-in in the audit trail. */
export async function recordRefusal<R extends SignInRefusal>(
  deps: AccessDeps,
  account: Account | null,
  origin: Origin,
  refusal: R,
): Promise<R> {
  const detail = { why: refusal.refused }
  await addAuditEvent(deps.gate, { ...signInEvent(deps, account, origin, 'refused'), detail })
  return refusal
}

function signInEvent(deps: AccessDeps, account: Account | null, origin: Origin, outcome: 'done' | 'refused') {
  return {
    atWall: deps.wallNow(),
    county: account?.county ?? null,
    actor: account?.person ?? 'nobody',
    address: origin.address,
    action: 'session.begin',
    outcome,
    requestId: origin.requestId ?? null,
  }
}
