import { createHash } from 'node:crypto'
import { addAuditEvent } from '../db/audit-store.ts'
import { type Account, accountByEmail, accountOf, takeStep } from '../db/credential-store.ts'
import { inTransaction } from '../db/pool.ts'
import { openBytes } from '../db/sealing.ts'
import { createSession, forgetSessions } from '../db/session-store.ts'
import { attemptsOf, countFailure, forgetFailures } from '../db/throttle-store.ts'
import type { AccessDeps, Origin } from './deps.ts'
import { verifyPassword } from './passwords.ts'
import { afterFailure, blockedUntil, PER_ACCOUNT, PER_ADDRESS } from './throttle.ts'
import { hashToken, newToken } from './tokens.ts'
import { stepOfCode } from './totp.ts'

export type SignedIn = { token: string; sessionId: string; person: string }
export type SignInRefusal =
  { refused: 'wrong' } | { refused: 'code-needed' } | { refused: 'throttled'; retryAfterMs: number }

export type Attempt = Origin & { email: string; password: string; code?: string | undefined }

/**
 * By work address and password, and a code where a second factor is set up. An unknown address, a wrong password and a wrong
 * code get the same answer in the same time; failures make the next attempt wait, for this account and this address.
 */
export async function signIn(deps: AccessDeps, attempt: Attempt): Promise<SignedIn | SignInRefusal> {
  const throttles = keysOf(attempt)
  const wait = await waitFor(deps, throttles)
  if (wait > 0) return { refused: 'throttled', retryAfterMs: wait }
  const account = await accountByEmail(deps.gate, attempt.email)
  const right = await verifyPassword(account?.passwordHash ?? null, attempt.password)
  if (!account || !right) return failed(deps, attempt, account ?? null)
  if (account.totpConfirmedWall !== null) {
    if (!attempt.code) return { refused: 'code-needed' }
    if (!(await takesCode(deps, account, attempt.code))) return failed(deps, attempt, account)
  }
  await forgetFailures(deps.gate, throttles.account)
  return begin(deps, account, 'password', attempt)
}

/** In a demonstration on this machine: as anybody of the sample. @throws nothing; null where it is not allowed or nobody is meant */
export async function signInAsSample(
  deps: AccessDeps,
  person: string,
  origin: Origin,
): Promise<SignedIn | null> {
  if (!deps.demoSignIn) return null
  const account = await accountOf(deps.gate, person)
  return account ? begin(deps, account, 'demo', origin) : null
}

/** A new session under a new token; a browser that was signed in before leaves its old one behind. */
export async function begin(
  deps: AccessDeps,
  account: Account,
  via: 'password' | 'demo' | 'link',
  origin: Origin,
): Promise<SignedIn> {
  const token = newToken()
  const wallNow = deps.wallNow()
  const sessionId = await inTransaction(deps.gate, async (tx) => {
    await forgetSessions(tx, wallNow)
    await addAuditEvent(tx, { ...entry(deps, account, origin, 'done'), detail: { via } })
    const secondFactor = via === 'password' && account.totpConfirmedWall !== null
    const { address, agent } = origin
    return createSession(
      tx,
      { person: account.person, via, address, agent, tokenHash: hashToken(token), secondFactor },
      wallNow,
    )
  })
  return { token, sessionId, person: account.person }
}

/** Is it the code of now, or of half a minute around, and not used before? */
export async function takesCode({ gate, keys, wallNow }: AccessDeps, account: Account, code: string) {
  if (!account.totpSealed) return false
  const secret = openBytes(keys, account.totpSealed, account.totpKeyId).toString()
  const step = stepOfCode(secret, code, wallNow())
  return step !== null && (await takeStep(gate, account.person, step))
}

async function failed(deps: AccessDeps, attempt: Attempt, account: Account | null): Promise<SignInRefusal> {
  const wallNow = deps.wallNow()
  const throttles = keysOf(attempt)
  await inTransaction(deps.gate, async (tx) => {
    await countFailure(tx, throttles.account, (known) => afterFailure(known, PER_ACCOUNT, wallNow))
    if (throttles.address)
      await countFailure(tx, throttles.address, (known) => afterFailure(known, PER_ADDRESS, wallNow))
    await addAuditEvent(tx, entry(deps, account, attempt, 'refused'))
  })
  return { refused: 'wrong' }
}

function entry(deps: AccessDeps, account: Account | null, origin: Origin, outcome: 'done' | 'refused') {
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

async function waitFor({ gate, wallNow }: AccessDeps, keys: ReturnType<typeof keysOf>): Promise<number> {
  const now = wallNow()
  const blocks = [await attemptsOf(gate, keys.account)]
  if (keys.address) blocks.push(await attemptsOf(gate, keys.address))
  return Math.max(0, ...blocks.map((block) => (blockedUntil(block, now) ?? now) - now))
}

/** Hashed: what somebody typed into the wrong field must not stand in a table. */
function keysOf({ email, address }: Pick<Attempt, 'email' | 'address'>) {
  const hashed = (text: string) => createHash('sha256').update(text).digest('base64url')
  return {
    account: `account:${hashed(email.trim().toLowerCase())}`,
    address: address === null ? null : `address:${hashed(address)}`,
  }
}
