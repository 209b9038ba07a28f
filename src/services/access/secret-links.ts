import { addAuditEvent } from '../audit/trail.ts'
import { type Account, accountByEmail, accountOf, setPassword } from './credentials.ts'
import { newId } from '../../db/ids.ts'
import { addLink, linkHolder, type LinkPurpose, useLink, voidLinks } from './links.ts'
import { inTransaction, type Sql } from '../../db/pool.ts'
import { endSessions } from './sessions.ts'
import { forgetFailures } from './attempts-store.ts'
import { composeSecretLink } from '../../mail/secret-link.ts'
import { accountKey, mayMail } from './attempts.ts'
import type { AccessDeps, Origin } from './deps.ts'
import { newPasswordFault } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import { begin, refuse, type SignedIn, takesCode } from './sign-in.ts'
import { hashToken, newToken } from './tokens.ts'

const HOUR = 3_600_000
/** A new colleague may be out for a day or two; a reset is asked for by whoever waits for it. */
const LASTS: Record<LinkPurpose, number> = { 'first-password': 72 * HOUR, reset: HOUR }

/** Makes a link, voiding earlier ones. In a transaction. @returns the token, which is kept nowhere */
export async function makeLink(
  tx: Sql,
  person: string,
  purpose: LinkPurpose,
  wallNow: number,
): Promise<{ token: string; expiresWall: number }> {
  const token = newToken()
  const expiresWall = wallNow + LASTS[purpose]
  await addLink(tx, { tokenHash: hashToken(token), person, purpose, expiresWall }, wallNow)
  return { token, expiresWall }
}

/**
 * Sends a link to whoever has this address. Whether somebody does shows neither in the answer nor in its time. Each mail
 * takes longer to come than the one before: nobody's mailbox is flooded, and the last link sent always holds.
 */
export function requestReset(deps: AccessDeps, email: string, origin: Origin): void {
  const work = async () => {
    const account = await accountByEmail(deps.gate, email)
    if (!account || !(await mayMail(deps, email))) return
    const { token, expiresWall } = await inTransaction(deps.gate, async (tx) => {
      await note(deps, tx, account, { ...origin, action: 'password.reset', actor: 'nobody' })
      return makeLink(tx, account.person, 'reset', deps.wallNow())
    })
    await sendLink(deps, account, { purpose: 'reset', token, expiresWall })
  }
  // Nobody waits for it: how long it takes would tell whether there is such an address.
  work().catch((error: Error) => deps.log.error({ code: error.name }, 'a reset link could not be sent'))
}

type Link = { purpose: LinkPurpose; token: string; expiresWall: number }

/** Where a link leads: a page of ours that asks for a new password. */
export function linkUrl(dashboardUrl: string, token: string): string {
  return `${dashboardUrl.replace(/\/+$/, '')}/set-password?token=${token}`
}

/** Sends a link at once: not through the outbox, which would keep the secret. @returns whether the mail server took it */
export async function sendLink(
  { letters, transport, log }: Pick<AccessDeps, 'transport' | 'letters' | 'log'>,
  { name, email }: Pick<Account, 'name' | 'email'>,
  { purpose, token, expiresWall }: Link,
): Promise<boolean> {
  const { from, replyTo, mailDomain, trial } = letters
  const link = linkUrl(letters.dashboardUrl, token)
  const fate = await transport.send({
    messageId: `<${newId('ml')}@${mailDomain}>`,
    ...{ from, replyTo, to: email },
    ...composeSecretLink({ name, purpose, link, until: expiresWall, contact: replyTo, trial }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    references: [],
  })
  if (fate.kind !== 'accepted') log.warn({ fate: fate.kind }, 'a link was not taken by the mail server')
  return fate.kind === 'accepted'
}

export type NewPassword =
  /** Set; whoever has a second factor and did not show it has to sign in with it. */
  SignedIn | { sessionId: null; person: string } | LinkRefusal
export type LinkRefusal = { refused: 'bad-link' } | { refused: 'bad-password'; why: string }

/** Sets the password a link allows, ends every session there was, and signs in: a link does not stand for a second factor. */
export async function setPasswordByLink(
  deps: AccessDeps,
  { token, password, code }: { token: string; password: string; code?: string | undefined },
  origin: Origin,
): Promise<NewPassword> {
  const tokenHash = hashToken(token)
  const person = await linkHolder(deps.gate, tokenHash, deps.wallNow())
  const account = person === null ? undefined : await accountOf(deps.gate, person)
  if (!account) return badLink(deps, origin)
  const why = await newPasswordFault(deps, password, account)
  if (why) return { refused: 'bad-password', why }
  const hash = await hashPassword(password)
  const used = await inTransaction(deps.gate, async (tx) => {
    if ((await useLink(tx, tokenHash, deps.wallNow())) === null) return false
    await changePassword(deps, tx, account, { hash, keep: null }, origin)
    // Whoever reads the mail is whom it was sent to: what others tried meanwhile no longer counts.
    await forgetFailures(tx, accountKey(account.email))
    return true
  })
  if (!used) return badLink(deps, origin)
  const secondFactor = account.totpConfirmedWall !== null
  if (secondFactor && !code) return { sessionId: null, person: account.person }
  if (secondFactor && !(await takesCode(deps, account, code ?? ''))) {
    await refuse(deps, account, origin, { refused: 'wrong' })
    return { sessionId: null, person: account.person }
  }
  return begin(deps, account, { via: 'link', secondFactor }, origin)
}

/** Used, too old, or never made: somebody who has it from elsewhere tries it too. */
async function badLink(deps: AccessDeps, origin: Origin): Promise<LinkRefusal> {
  const tried = { ...origin, action: 'password.set', actor: 'nobody', outcome: 'refused' } as const
  await note(deps, deps.gate, null, tried)
  return { refused: 'bad-link' }
}

/** A new password ends every session but `keep`, and every link. */
export async function changePassword(
  deps: Pick<AccessDeps, 'wallNow'>,
  tx: Sql,
  account: Account,
  { hash, keep }: { hash: string; keep: string | null },
  origin: Origin,
): Promise<void> {
  await setPassword(tx, account.person, hash, deps.wallNow())
  await endSessions(tx, account.person, keep)
  await voidLinks(tx, account.person, deps.wallNow())
  await note(deps, tx, account, { ...origin, action: 'password.set', actor: account.person })
}

type Deed = Origin & { action: string; actor: string; outcome?: 'done' | 'refused' }

function note(
  { wallNow }: Pick<AccessDeps, 'wallNow'>,
  tx: Sql,
  account: Account | null,
  { address, requestId = null, action, actor, outcome = 'done' }: Deed,
): Promise<void> {
  const what = { actor, address, action, subject: account?.person ?? null, outcome, requestId }
  return addAuditEvent(tx, { atWall: wallNow(), county: account?.county ?? null, ...what })
}
