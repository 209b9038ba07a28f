import { addAuditEvent } from '../db/audit-store.ts'
import { accountOf, confirmTotp, enrolTotp, removeTotp } from '../db/credential-store.ts'
import { inTransaction } from '../db/pool.ts'
import { sealBytes } from '../db/sealing.ts'
import { noteSecondFactor } from '../db/session-store.ts'
import type { AccessDeps, Origin } from './deps.ts'
import { passwordFault } from './password-rules.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { changePassword } from './secret-links.ts'
import { takesCode } from './sign-in.ts'
import { newTotpSecret, totpUri } from './totp.ts'

type Own = { person: string; sessionId: string | null; origin: Origin }

/** @returns null when done, or a sentence that says what is wrong */
export async function changeOwnPassword(
  deps: AccessDeps,
  { person, sessionId, origin }: Own,
  { current, next }: { current: string; next: string },
): Promise<string | null> {
  const account = await accountOf(deps.gate, person)
  if (!account || !(await verifyPassword(account.passwordHash, current))) return '现在的密码不对。'
  const fault = passwordFault(next, account)
  if (fault) return fault
  const hash = await hashPassword(next)
  await inTransaction(deps.gate, (tx) => changePassword(deps, tx, account, hash, sessionId, origin))
  return null
}

/** Begins a second factor; it counts once a first code confirms it. */
export async function beginTotp(
  deps: AccessDeps,
  { person }: Own,
): Promise<{ secret: string; uri: string } | null> {
  const account = await accountOf(deps.gate, person)
  if (!account || account.totpConfirmedWall !== null) return null
  const secret = newTotpSecret()
  const { keyId } = deps.keys
  const totpSealed = sealBytes(deps.keys, Buffer.from(secret))
  await enrolTotp(deps.gate, person, { totpSealed, totpKeyId: keyId }, deps.wallNow())
  return { secret, uri: totpUri(secret, account.email) }
}

export async function confirmOwnTotp(deps: AccessDeps, own: Own, code: string): Promise<boolean> {
  const account = await accountOf(deps.gate, own.person)
  if (!account || !(await takesCode(deps, account, code))) return false
  await inTransaction(deps.gate, async (tx) => {
    await confirmTotp(tx, own.person, deps.wallNow())
    // Whoever has just shown a code has shown both factors in this session.
    if (own.sessionId) await noteSecondFactor(tx, own.sessionId, deps.wallNow())
    await note(deps, tx, own, account.county, 'totp.confirm')
  })
  return true
}

export async function removeOwnTotp(deps: AccessDeps, own: Own, password: string): Promise<boolean> {
  const account = await accountOf(deps.gate, own.person)
  if (!account || !(await verifyPassword(account.passwordHash, password))) return false
  await inTransaction(deps.gate, async (tx) => {
    await removeTotp(tx, own.person)
    await note(deps, tx, own, account.county, 'totp.remove')
  })
  return true
}

function note(
  { wallNow }: AccessDeps,
  tx: Parameters<typeof addAuditEvent>[0],
  { person, origin }: Own,
  county: string | null,
  action: string,
): Promise<void> {
  const { address, requestId = null } = origin
  return addAuditEvent(tx, {
    atWall: wallNow(),
    county,
    actor: person,
    address,
    action,
    outcome: 'done',
    requestId,
  })
}
