import { accountOf, confirmTotp, enrolTotp, removeTotp } from '../db/credential-store.ts'
import { inTransaction } from '../db/pool.ts'
import { seedOf } from '../db/sealed-places.ts'
import { sealBytes } from '../db/sealing.ts'
import {
  endSession,
  endSessions,
  forgetSecondFactor,
  noteSecondFactor,
  renewToken,
} from '../db/session-store.ts'
import type { AccessDeps } from './deps.ts'
import { passwordFault } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import { type Fault, noteOwn, type Own, type Proof, proven } from './proof.ts'
import { changePassword } from './secret-links.ts'
import { takesCode } from './sign-in.ts'
import { hashToken, newToken } from './tokens.ts'
import { newTotpSecret, totpUri } from './totp.ts'

/** Every other session ends, and this one goes on under a new token. @returns that token, or what is wrong */
export async function changeOwnPassword(
  deps: AccessDeps,
  own: Own,
  { next, ...proof }: Proof & { next: string },
): Promise<{ token: string } | Fault> {
  const account = await proven(deps, own, proof, 'password.set')
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
  proof: Proof,
): Promise<{ secret: string; uri: string } | Fault | null> {
  const known = await accountOf(deps.gate, own.person)
  if (known && known.totpConfirmedWall !== null) return null
  const account = await proven(deps, own, proof, 'totp.add')
  if ('why' in account) return account
  const secret = newTotpSecret()
  const { keyId } = deps.keys
  const totpSealed = sealBytes(deps.keys, seedOf(own.person), Buffer.from(secret))
  await enrolTotp(deps.gate, own.person, { totpSealed, totpKeyId: keyId }, deps.wallNow())
  return { secret, uri: totpUri(secret, account.email) }
}

/**
 * From now on a code is asked for at every sign-in. Sessions that never showed one end, and this one, which just has,
 * goes on under a new token. @returns that token; null for a wrong code, or where nothing is to be confirmed
 */
export async function confirmOwnTotp(deps: AccessDeps, own: Own, code: string): Promise<string | null> {
  const account = await accountOf(deps.gate, own.person)
  if (!account || account.totpConfirmedWall !== null) return null
  if (!(await takesCode(deps, account, code))) {
    await noteOwn(deps, deps.gate, own, account, { action: 'totp.confirm', outcome: 'refused' })
    return null
  }
  const token = newToken()
  await inTransaction(deps.gate, async (tx) => {
    await confirmTotp(tx, own.person, deps.wallNow())
    await endSessions(tx, own.person, own.sessionId)
    if (own.sessionId) {
      await noteSecondFactor(tx, own.sessionId, deps.wallNow())
      await renewToken(tx, own.sessionId, hashToken(token))
    }
    await noteOwn(deps, tx, own, account, { action: 'totp.confirm' })
  })
  return token
}

/** Every other session ends with it. @returns null when done, or what is wrong */
export async function removeOwnTotp(deps: AccessDeps, own: Own, proof: Proof): Promise<Fault | null> {
  const account = await proven(deps, own, proof, 'totp.remove')
  if ('why' in account) return account
  await inTransaction(deps.gate, async (tx) => {
    await removeTotp(tx, own.person)
    await forgetSecondFactor(tx, own.person)
    await endSessions(tx, own.person, own.sessionId)
    await noteOwn(deps, tx, own, account, { action: 'totp.remove' })
  })
  return null
}

/** Signs out: ends the session that asks. */
export async function endOwnSession(deps: AccessDeps, own: Own & { sessionId: string }): Promise<void> {
  const account = await accountOf(deps.gate, own.person)
  await inTransaction(deps.gate, async (tx) => {
    if (await endSession(tx, own.person, own.sessionId))
      await noteOwn(deps, tx, own, account ?? null, { action: 'session.end', subject: own.sessionId })
  })
}

/**
 * Ends one of one's sessions, or (`others`) all but this one. Only who shows the password again may: an open browser
 * somebody found must not throw its owner out. @returns whether there was any to end, or what is wrong
 */
export async function endSessionsElsewhere(
  deps: AccessDeps,
  own: Own,
  which: { session: string } | 'others',
  proof: Proof,
): Promise<boolean | Fault> {
  const account = await proven(deps, own, proof, 'session.end')
  if ('why' in account) return account
  return inTransaction(deps.gate, async (tx) => {
    const ended =
      which === 'others'
        ? (await endSessions(tx, own.person, own.sessionId)) > 0
        : await endSession(tx, own.person, which.session)
    const subject = which === 'others' ? own.person : which.session
    if (ended) await noteOwn(deps, tx, own, account, { action: 'session.end', subject })
    return ended
  })
}
