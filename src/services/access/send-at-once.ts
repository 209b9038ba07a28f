import { newId } from '../../db/ids.ts'
import type { Fate } from '../../mail/classify.ts'
import type { AccessDeps } from './deps.ts'

export type Sending = Pick<AccessDeps, 'transport' | 'letters' | 'log' | 'gate'>
type Letter = { subject: string; text: string; html: string }
type Sent = { fate: Fate; messageId: string }

/** Sends a mail beside the outbox, which waits for a round and keeps what it sends. */
export async function sendLetter(
  { letters, transport }: Pick<Sending, 'letters' | 'transport'>,
  { to, replyTo }: { to: string; replyTo: string },
  letter: Letter,
): Promise<Sent> {
  const messageId = `<${newId('ml')}@${letters.mailDomain}>`
  const fate = await transport.send({
    ...{ messageId, from: letters.from, replyTo, to },
    ...letter,
    headers: { 'Auto-Submitted': 'auto-generated' },
    references: [],
  })
  return { fate, messageId }
}

/** As `sendLetter`; a letter that was not taken is logged. @returns whether the mail server took it */
export async function sendAtOnce(
  deps: Pick<Sending, 'letters' | 'transport' | 'log'>,
  mail: { to: string; replyTo: string },
  letter: Letter,
): Promise<boolean> {
  const { fate } = await sendLetter(deps, mail, letter)
  const { log } = deps
  if (fate.kind !== 'accepted') log.warn({ fate: fate.kind }, 'a mail was not taken by the mail server')
  return fate.kind === 'accepted'
}
