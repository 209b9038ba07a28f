import { addAuditEvent } from '../db/audit-store.ts'
import { type Account, accountOf, confirmTotp, enrolTotp, removeTotp } from '../db/credential-store.ts'
import { inTransaction, type Sql } from '../db/pool.ts'
import { sealBytes } from '../db/sealing.ts'
import { endSession, forgetSecondFactor, noteSecondFactor, renewToken } from '../db/session-store.ts'
import { bookAttempt, forgive } from './attempts.ts'
import type { AccessDeps, Origin } from './deps.ts'
import { passwordFault } from './password-rules.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { changePassword } from './secret-links.ts'
import { takesCode } from './sign-in.ts'
import { hashToken, newToken } from './tokens.ts'
import { newTotpSecret, totpUri } from './totp.ts'

export type Own = { person: string; sessionId: string | null; origin: Origin }
/** A sentence that says what is wrong, and which of the two passwords is meant. */
export type Fault = { why: string; field: 'password' | 'next' }

/** Every other session ends, and this one goes on under a new token. @returns that token, or what is wrong */
export async function changeOwnPassword(
  deps: AccessDeps,
  own: Own,
  { current, next }: { current: string; next: string },
): Promise<{ token: string } | Fault> {
  const account = await proven(deps, own, current, 'password.set')
  if ('why' in account) return account
  const why = passwordFault(next, account)
  if (why) return { why, field: 'next' }
  const [hash, token] = [await hashPassword(next), newToken()]
  await inTransaction(deps.gate, async (tx) => {
    await changePassword(deps, tx, account, { hash, keep: own.sessionId }, own.origin)
    if (own.sessionId) await renewToken(tx, own.sessionId, hashToken(token))
  })
  return { token }
}

/** Begins a second factor; it counts once a first code confirms it. @returns null when there is one already */
export async function beginTotp(
  deps: AccessDeps,
  own: Own,
  password: string,
): Promise<{ secret: string; uri: string } | Fault | null> {
  const account = await proven(deps, own, password, 'totp.add')
  if ('why' in account) return account
  if (account.totpConfirmedWall !== null) return null
  const secret = newTotpSecret()
  const { keyId } = deps.keys
  const totpSealed = sealBytes(deps.keys, Buffer.from(secret))
  await enrolTotp(deps.gate, own.person, { totpSealed, totpKeyId: keyId }, deps.wallNow())
  return { secret, uri: totpUri(secret, account.email) }
}

export async function confirmOwnTotp(deps: AccessDeps, own: Own, code: string): Promise<boolean> {
  const account = await accountOf(deps.gate, own.person)
  if (!account || account.totpConfirmedWall !== null || !(await takesCode(deps, account, code))) return false
  await inTransaction(deps.gate, async (tx) => {
    await confirmTotp(tx, own.person, deps.wallNow())
    // Whoever has just shown a code has shown both factors in this session.
    if (own.sessionId) await noteSecondFactor(tx, own.sessionId, deps.wallNow())
    await note(deps, tx, own, account, { action: 'totp.confirm' })
  })
  return true
}

/** @returns null when done, or what is wrong */
export async function removeOwnTotp(deps: AccessDeps, own: Own, password: string): Promise<Fault | null> {
  const account = await proven(deps, own, password, 'totp.remove')
  if ('why' in account) return account
  await inTransaction(deps.gate, async (tx) => {
    await removeTotp(tx, own.person)
    await forgetSecondFactor(tx, own.person)
    await note(deps, tx, own, account, { action: 'totp.remove' })
  })
  return null
}

/** Ends one of one's own sessions. @returns whether there was one */
export async function endOwnSession(deps: AccessDeps, own: Own, session: string): Promise<boolean> {
  const account = await accountOf(deps.gate, own.person)
  return inTransaction(deps.gate, async (tx) => {
    const ended = await endSession(tx, own.person, session)
    if (ended) await note(deps, tx, own, account ?? null, { action: 'session.end', subject: session })
    return ended
  })
}

/** Whoever found an open browser must not try passwords at leisure: counted like a sign-in. A sample person has none. */
async function proven(
  deps: AccessDeps,
  own: Own,
  password: string,
  action: string,
): Promise<Account | Fault> {
  const account = await accountOf(deps.gate, own.person)
  if (!account) return { why: '账号已停用。', field: 'password' }
  if (account.passwordHash === null) return account
  const booked = await bookAttempt(deps, { email: account.email, address: own.origin.address })
  if ('retryAfterMs' in booked) {
    const seconds = Math.ceil(booked.retryAfterMs / 1000)
    return { why: `尝试次数过多,请在 ${seconds} 秒后再试。`, field: 'password' }
  }
  if (await verifyPassword(account.passwordHash, password)) {
    await forgive(deps.gate, booked)
    return account
  }
  await note(deps, deps.gate, own, account, { action, outcome: 'refused' })
  return { why: '现在的密码不对。', field: 'password' }
}

type Deed = { action: string; subject?: string; outcome?: 'done' | 'refused' }

function note(
  { wallNow }: AccessDeps,
  tx: Sql,
  { person, origin: { address, requestId = null } }: Own,
  account: Account | null,
  { action, subject = person, outcome = 'done' }: Deed,
): Promise<void> {
  const what = { actor: person, address, action, subject, outcome, requestId }
  return addAuditEvent(tx, { atWall: wallNow(), county: account?.county ?? null, ...what })
}
