import type { Instant } from '../../domain/time/days.ts'
import type { TestMailFate } from '../../contract/api/users.ts'
import { newId } from '../../db/ids.ts'
import type { Fate } from '../../mail/classify.ts'
import { composeTestMail } from '../../mail/test-mail.ts'
import type { AccessDeps } from './deps.ts'

export type TestMail = { fate: TestMailFate; reply: string; to: string; messageId: string }

/** Sends one mail at once and waits for the server's answer. It is none of the outbox, so that it tells of now. */
export async function sendTestMail(
  { letters, transport }: Pick<AccessDeps, 'transport' | 'letters'>,
  { name, email }: { name: string; email: string },
  at: Instant,
): Promise<TestMail> {
  const { from, replyTo, mailDomain, trial } = letters
  const messageId = `<${newId('ml')}@${mailDomain}>`
  const fate = await transport.send({
    ...{ messageId, from, replyTo, to: email },
    ...composeTestMail({ name, at, contact: replyTo, trial }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    references: [],
  })
  return { fate: FATES[fate.kind], reply: fate.reply, to: email, messageId }
}

const FATES: Record<Fate['kind'], TestMailFate> = {
  accepted: 'accepted',
  retry: 'deferred',
  failed: 'failed',
  unknown: 'unknown',
  halt: 'held',
}
