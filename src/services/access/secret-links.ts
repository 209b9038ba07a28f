import { addAuditEvent } from '../audit/trail.ts'
import { type Account, accountByEmail, accountOf, bureauOf, setPassword } from './credentials.ts'
import { dropFeed } from './calendar-feeds.ts'
import { addLink, linkHolder, type LinkPurpose, useLink, voidLinks } from './login-links.ts'
import { inTransaction, type Sql } from '../../db/pool.ts'
import { endSessions } from './sessions.ts'
import { forgetFailures } from './attempts-store.ts'
import { replyToOf } from '../../mail/reply-to.ts'
import { composeSecretLink } from '../../mail/secret-link.ts'
import { accountKey, mayMail } from './attempts.ts'
import type { AccessDeps, Origin } from './deps.ts'
import { newPasswordFault } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import { beginSession, recordRefusal, type SignedIn, takesCode } from './sign-in.ts'
import { type Sending, sendAtOnce } from './send-at-once.ts'
import { hashToken, newToken } from './tokens.ts'

const HOUR = 3_600_000
/** A new colleague may be away for a day or two; somebody who asks for a reset waits for it. */
const LASTS: Record<LinkPurpose, number> = { 'first-password': 72 * HOUR, reset: HOUR }

/** Makes a link and voids earlier ones. In a transaction. @returns the token, which is kept nowhere */
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
 * Mails a reset link to the account with this address. Neither the answer nor its time reveals whether there is
 * one. Each further mail waits longer, so that no mailbox is flooded and the last link sent stays valid.
 */
export function requestReset(deps: AccessDeps, email: string, origin: Origin): void {
  const work = async () => {
    const account = await accountByEmail(deps.gate, email)
    if (!account || !(await mayMail(deps, email))) return
    const { token, expiresWall } = await inTransaction(deps.gate, async (tx) => {
      await recordPasswordEvent(deps, tx, account, { ...origin, action: 'password.reset', actor: 'nobody' })
      return makeLink(tx, account.person, 'reset', deps.wallNow())
    })
    await sendLink(deps, account, { purpose: 'reset', token, expiresWall })
  }
  // The request does not wait, since the time would reveal whether the address exists.
  work().catch((error: Error) => deps.log.error({ code: error.name }, 'a reset link could not be sent'))
}

type Link = { purpose: LinkPurpose; token: string; expiresWall: number }

/** The address of the page that asks for a new password. No server or proxy sees what stands behind the #. */
export function linkUrl(dashboardUrl: string, token: string): string {
  return `${dashboardUrl.replace(/\/+$/, '')}/app/set-password#token=${token}`
}

/** Sends a link at once, since the outbox would keep the secret. @returns whether the mail server took it */
export async function sendLink(
  deps: Sending,
  { name, email }: Pick<Account, 'name' | 'email'>,
  { purpose, token, expiresWall }: Link,
): Promise<boolean> {
  const { dashboardUrl, trial } = deps.letters
  const link = linkUrl(dashboardUrl, token)
  const bureau = await bureauOf(deps.gate, email)
  const replyTo = replyToOf(deps.letters, bureau?.contact)
  const of = { name, bureau: bureau?.name ?? '', account: email, purpose }
  const letter = composeSecretLink({ ...of, link, until: expiresWall, contact: replyTo, trial })
  return sendAtOnce(deps, { to: email, replyTo }, letter)
}

export type NewPassword =
  /** Signed in; without a session when a required code was not shown. */
  SignedIn | { sessionId: null; person: string } | LinkRefusal
export type LinkRefusal = { refused: 'bad-link' } | { refused: 'bad-password'; why: string }

/**
 * Sets the password that a link allows, ends all sessions, and signs in. A link does not replace the second
 * factor.
 */
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
    // Whoever used the link read the mail, so earlier failures by others no longer count.
    await forgetFailures(tx, accountKey(account.email))
    return true
  })
  if (!used) return badLink(deps, origin)
  const secondFactor = account.totpConfirmedWall !== null
  if (secondFactor && !code) return { sessionId: null, person: account.person }
  if (secondFactor && !(await takesCode(deps, account, code ?? ''))) {
    await recordRefusal(deps, account, origin, { refused: 'wrong' })
    return { sessionId: null, person: account.person }
  }
  return beginSession(deps, account, { via: 'link', secondFactor }, origin)
}

/** Records a link that was used, too old or never made: somebody may have got it elsewhere. */
export async function badLink(
  deps: AccessDeps,
  origin: Origin,
  action: 'password.set' | 'password.look' = 'password.set',
): Promise<LinkRefusal> {
  const tried = { ...origin, action, actor: 'nobody', outcome: 'refused' } as const
  await recordPasswordEvent(deps, deps.gate, null, tried)
  return { refused: 'bad-link' }
}

/** Sets a password; every session but `keep` ends, every link is void, and so is the address of the calendar feed. */
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
  await dropFeed(tx, account.person)
  await recordPasswordEvent(deps, tx, account, { ...origin, action: 'password.set', actor: account.person })
}

type Deed = Origin & { action: string; actor: string; outcome?: 'done' | 'refused' }

function recordPasswordEvent(
  { wallNow }: Pick<AccessDeps, 'wallNow'>,
  tx: Sql,
  account: Account | null,
  { address, requestId = null, action, actor, outcome = 'done' }: Deed,
): Promise<void> {
  const what = { actor, address, action, subject: account?.person ?? null, outcome, requestId }
  return addAuditEvent(tx, { atWall: wallNow(), county: account?.county ?? null, ...what })
}
