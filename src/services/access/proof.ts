import { addAuditEvent } from '../audit/trail.ts'
import { type Account, accountOf } from './credentials.ts'
import type { Sql } from '../../db/pool.ts'
import { renewToken } from './sessions.ts'
import { bookAttempt, takeAttemptBack, isPasswordRight } from './attempts.ts'
import type { AccessDeps, Origin } from './deps.ts'
import { takesCode } from './sign-in.ts'
import type { RenewedToken } from './renewed-token.ts'
import { hashToken, newToken } from './tokens.ts'

export type Own = { person: string; sessionId: string | null; origin: Origin }
/** What a signed-in person must show again: the password, and a code when a second factor is set up. */
export type Proof = { password: string; code?: string | undefined }
/**
 * A sentence that says what is wrong, and in which field. With `retryAfterS` nothing was tried; it says how long
 * to wait.
 */
export type Fault = { why: string; field: 'password' | 'code' | 'next'; retryAfterS?: number }

/**
 * Asks for every factor again (ASVS 7.5) and counts failures like those of a sign-in. Whoever found an open
 * browser must neither change the sign-in nor try passwords. A sample person has no password to show.
 */
export async function provenAccount(
  deps: AccessDeps,
  own: Own,
  { password, code }: Proof,
  action: string,
): Promise<Account | Fault> {
  const account = await accountOf(deps.gate, own.person)
  if (!account) return { why: '账号已停用。', field: 'password' }
  if (account.passwordHash === null) return account
  const booked = await bookAttempt(deps, { email: account.email, address: own.origin.address })
  if ('retryAfterMs' in booked) {
    const seconds = Math.ceil(booked.retryAfterMs / 1000)
    return { why: `尝试次数过多,请在 ${seconds} 秒后再试。`, field: 'password', retryAfterS: seconds }
  }
  const refused = async (fault: Fault) => {
    await recordOwnAction(deps, deps.gate, own, account, { action, outcome: 'refused' })
    return fault
  }
  if (!(await isPasswordRight(deps.gate, booked, account.passwordHash, password)))
    return refused({ why: '现在的密码不对。', field: 'password' })
  if (account.totpConfirmedWall !== null && !code) {
    await takeAttemptBack(deps.gate, booked)
    return refused({ why: '这个账号开启了两步验证,请再填写动态口令。', field: 'code' })
  }
  if (account.totpConfirmedWall !== null && !(await takesCode(deps, account, code ?? '')))
    return refused({ why: '动态口令不对,请看应用里现在显示的 6 位数字;每个口令只能用一次。', field: 'code' })
  await takeAttemptBack(deps.gate, booked)
  return account
}

/**
 * Gives the session a new token, as after a sign-in, once every factor was shown (ASVS 7.2.4). In a transaction.
 * @returns that token, and until when its device is trusted
 */
export async function renewSessionToken(tx: Sql, { sessionId }: Own): Promise<RenewedToken> {
  const token = newToken()
  const session = sessionId ? await renewToken(tx, sessionId, hashToken(token)) : undefined
  return { token, trustedUntil: session?.trusted ? session.expiresWall : null }
}

type Deed = { action: string; subject?: string; outcome?: 'done' | 'refused' }

/** Records in the audit trail what somebody did to their own account. */
export function recordOwnAction(
  { wallNow }: AccessDeps,
  tx: Sql,
  { person, origin: { address, requestId = null } }: Own,
  account: Account | null,
  { action, subject = person, outcome = 'done' }: Deed,
): Promise<void> {
  const what = { actor: person, address, action, subject, outcome, requestId }
  return addAuditEvent(tx, { atWall: wallNow(), county: account?.county ?? null, ...what })
}
