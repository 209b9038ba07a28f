import { newId } from '../../db/ids.ts'
import type { AccessDeps } from './deps.ts'

export type Sending = Pick<AccessDeps, 'transport' | 'letters' | 'log'>
type Letter = { subject: string; text: string; html: string }

/** Sends a mail beside the outbox, which waits for a round and keeps what it sends. @returns whether the mail server took it */
export async function sendAtOnce(
  { letters, transport, log }: Sending,
  to: string,
  letter: Letter,
): Promise<boolean> {
  const { from, replyTo, mailDomain } = letters
  const fate = await transport.send({
    messageId: `<${newId('ml')}@${mailDomain}>`,
    ...{ from, replyTo, to },
    ...letter,
    headers: { 'Auto-Submitted': 'auto-generated' },
    references: [],
  })
  if (fate.kind !== 'accepted') log.warn({ fate: fate.kind }, 'a mail was not taken by the mail server')
  return fate.kind === 'accepted'
}
