import { addAuditEvent } from '../db/audit-store.ts'
import { type Account, accountByEmail, accountOf, setPassword } from '../db/credential-store.ts'
import { newId } from '../db/ids.ts'
import { addLink, linkHolder, type LinkPurpose, useLink } from '../db/link-store.ts'
import { inTransaction, type Sql } from '../db/pool.ts'
import { endSessions } from '../db/session-store.ts'
import { composeSecretLink } from '../mail/secret-link.ts'
import type { AccessDeps, Origin } from './deps.ts'
import { passwordFault } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import { begin, type SignedIn } from './sign-in.ts'
import { hashToken, newToken } from './tokens.ts'

const HOUR = 3_600_000
/** A new colleague may be out for a day or two; a reset is asked for by whoever waits for it. */
const LASTS: Record<LinkPurpose, number> = { 'first-password': 72 * HOUR, reset: HOUR }

/** Makes a link, voiding earlier ones. @returns the token, which is kept nowhere */
export async function makeLink(
  gate: Sql,
  person: string,
  purpose: LinkPurpose,
  wallNow: number,
): Promise<{ token: string; expiresWall: number }> {
  const token = newToken()
  const expiresWall = wallNow + LASTS[purpose]
  await addLink(gate, { tokenHash: hashToken(token), person, purpose, expiresWall }, wallNow)
  return { token, expiresWall }
}

/** Sends the link at once: not through the outbox, which would keep the secret. Whether an address exists does not show. */
export function requestReset(deps: AccessDeps, email: string): void {
  const work = async () => {
    const account = await accountByEmail(deps.gate, email)
    if (account) await sendLink(deps, account, 'reset')
  }
  // Nobody waits for it: how long it takes would tell whether there is such an address.
  work().catch((error: Error) => deps.log.error({ code: error.name }, 'a reset link could not be sent'))
}

export async function sendLink(
  deps: Pick<AccessDeps, 'gate' | 'transport' | 'letters' | 'wallNow' | 'log'>,
  account: Pick<Account, 'person' | 'name' | 'email'>,
  purpose: LinkPurpose,
): Promise<boolean> {
  const { letters } = deps
  const { token, expiresWall } = await makeLink(deps.gate, account.person, purpose, deps.wallNow())
  const link = `${letters.dashboardUrl}/set-password?token=${token}`
  const fate = await deps.transport.send({
    messageId: `<${newId('ml')}@${letters.mailDomain}>`,
    from: letters.from,
    replyTo: letters.replyTo,
    to: account.email,
    ...composeSecretLink({
      name: account.name,
      purpose,
      link,
      until: expiresWall,
      contact: letters.replyTo,
      trial: letters.trial,
    }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    references: [],
  })
  if (fate.kind !== 'accepted') deps.log.warn({ fate: fate.kind }, 'a link was not taken by the mail server')
  return fate.kind === 'accepted'
}

export type NewPassword = SignedIn | { refused: 'bad-link' } | { refused: 'bad-password'; why: string }

/** Sets the password a link allows, ends every session there was, and signs in. */
export async function setPasswordByLink(
  deps: AccessDeps,
  token: string,
  password: string,
  origin: Origin,
): Promise<NewPassword> {
  const tokenHash = hashToken(token)
  const person = await linkHolder(deps.gate, tokenHash, deps.wallNow())
  const account = person === null ? undefined : await accountOf(deps.gate, person)
  if (!account) return { refused: 'bad-link' }
  const why = passwordFault(password, account)
  if (why) return { refused: 'bad-password', why }
  const hash = await hashPassword(password)
  const used = await inTransaction(deps.gate, async (tx) => {
    if ((await useLink(tx, tokenHash, deps.wallNow())) === null) return false
    await changePassword(deps, tx, account, hash, null, origin)
    return true
  })
  return used ? begin(deps, account, 'link', origin) : { refused: 'bad-link' }
}

/** A new password ends every session but the one it was set from. */
export async function changePassword(
  { wallNow }: Pick<AccessDeps, 'wallNow'>,
  tx: Sql,
  account: Account,
  hash: string,
  keep: string | null,
  origin: Origin,
): Promise<void> {
  await setPassword(tx, account.person, hash, wallNow())
  await endSessions(tx, account.person, keep)
  await addAuditEvent(tx, {
    atWall: wallNow(),
    county: account.county,
    actor: account.person,
    address: origin.address,
    action: 'password.set',
    outcome: 'done',
    requestId: origin.requestId ?? null,
  })
}
