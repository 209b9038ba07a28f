import { accountOf, confirmTotp, enrolTotp, removeTotp } from './credentials.ts'
import { inTransaction } from '../../db/pool.ts'
import { totpContext } from '../vault/encryption-context.ts'
import { encryptBytes } from '../vault/encryption.ts'
import { endSession, endSessions, forgetSecondFactor, noteSecondFactor } from './sessions.ts'
import type { AccessDeps } from './deps.ts'
import { newPasswordFault } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import {
  type Fault,
  recordOwnAction,
  type Own,
  type Proof,
  provenAccount,
  renewSessionToken,
} from './proof.ts'
import type { RenewedToken } from './renewed-token.ts'
import { changePassword } from './secret-links.ts'
import { takesCode } from './sign-in.ts'
import { newTotpSecret, totpUri } from './totp.ts'

/**
 * Changes the password. Every other session ends, and this one gets a new token. @returns that token, or what is
 * wrong
 */
export async function changeOwnPassword(
  deps: AccessDeps,
  own: Own,
  { next, ...proof }: Proof & { next: string },
): Promise<RenewedToken | Fault> {
  const account = await provenAccount(deps, own, proof, 'password.set')
  if ('why' in account) return account
  const why = await newPasswordFault(deps, next, account)
  if (why) return { why, field: 'next' }
  const hash = await hashPassword(next)
  return inTransaction(deps.gate, async (tx) => {
    await changePassword(deps, tx, account, { hash, keep: own.sessionId }, own.origin)
    return renewSessionToken(tx, own)
  })
}

export type Begun = RenewedToken & { secret: string; uri: string }

/** Begins a second factor; a first code puts it in force. @returns null when there is one already */
export async function beginTotp(deps: AccessDeps, own: Own, proof: Proof): Promise<Begun | Fault | null> {
  const known = await accountOf(deps.gate, own.person)
  if (known && known.totpConfirmedWall !== null) return null
  const account = await provenAccount(deps, own, proof, 'totp.add')
  if ('why' in account) return account
  const secret = newTotpSecret()
  const { keyId } = deps.keys
  const totpEncrypted = encryptBytes(deps.keys, totpContext(own.person), Buffer.from(secret))
  const renewed = await inTransaction(deps.gate, async (tx) => {
    await enrolTotp(tx, own.person, { totpEncrypted, totpKeyId: keyId }, deps.wallNow())
    return renewSessionToken(tx, own)
  })
  return { secret, uri: totpUri(secret, account.email), ...renewed }
}

/**
 * Puts the second factor in force, so that every sign-in asks for a code. Sessions without a code end; this one
 * gets a new token. @returns that token; null for a wrong code, or when nothing is to be confirmed
 */
export async function confirmOwnTotp(deps: AccessDeps, own: Own, code: string): Promise<RenewedToken | null> {
  const account = await accountOf(deps.gate, own.person)
  if (!account || account.totpConfirmedWall !== null) return null
  if (!(await takesCode(deps, account, code))) {
    await recordOwnAction(deps, deps.gate, own, account, { action: 'totp.confirm', outcome: 'refused' })
    return null
  }
  return inTransaction(deps.gate, async (tx) => {
    await confirmTotp(tx, own.person, deps.wallNow())
    await endSessions(tx, own.person, own.sessionId)
    if (own.sessionId) await noteSecondFactor(tx, own.sessionId, deps.wallNow())
    await recordOwnAction(deps, tx, own, account, { action: 'totp.confirm' })
    return renewSessionToken(tx, own)
  })
}

/**
 * Removes the second factor. Every other session ends, and this one gets a new token. @returns that token, or
 * what is wrong
 */
export async function removeOwnTotp(deps: AccessDeps, own: Own, proof: Proof): Promise<RenewedToken | Fault> {
  const account = await provenAccount(deps, own, proof, 'totp.remove')
  if ('why' in account) return account
  return inTransaction(deps.gate, async (tx) => {
    await removeTotp(tx, own.person)
    await forgetSecondFactor(tx, own.person)
    await endSessions(tx, own.person, own.sessionId)
    await recordOwnAction(deps, tx, own, account, { action: 'totp.remove' })
    return renewSessionToken(tx, own)
  })
}

/** Signs out: ends the session that asks. */
export async function endOwnSession(deps: AccessDeps, own: Own & { sessionId: string }): Promise<void> {
  const account = await accountOf(deps.gate, own.person)
  await inTransaction(deps.gate, async (tx) => {
    if (await endSession(tx, own.person, own.sessionId))
      await recordOwnAction(deps, tx, own, account ?? null, { action: 'session.end', subject: own.sessionId })
  })
}

/**
 * Ends one of the person's sessions, or (`others`) all but this one. It needs the password again, so that
 * somebody at an open browser cannot throw its owner out. @returns this session's new token, null when no
 * session ended, or what is wrong
 */
export async function endSessionsElsewhere(
  deps: AccessDeps,
  own: Own,
  which: { session: string } | 'others',
  proof: Proof,
): Promise<RenewedToken | Fault | null> {
  const account = await provenAccount(deps, own, proof, 'session.end')
  if ('why' in account) return account
  return inTransaction(deps.gate, async (tx) => {
    const ended =
      which === 'others'
        ? (await endSessions(tx, own.person, own.sessionId)) > 0
        : await endSession(tx, own.person, which.session)
    if (!ended) return null
    const subject = which === 'others' ? own.person : which.session
    await recordOwnAction(deps, tx, own, account, { action: 'session.end', subject })
    return renewSessionToken(tx, own)
  })
}
