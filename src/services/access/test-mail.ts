import type { Instant } from '../../domain/time/days.ts'
import type { TestMailFate } from '../../contract/api/users.ts'
import type { Fate } from '../../mail/classify.ts'
import { replyToOf } from '../../mail/reply-to.ts'
import { composeTestMail } from '../../mail/test-mail.ts'
import { bureauOf } from './credentials.ts'
import type { AccessDeps } from './deps.ts'
import { sendLetter } from './send-at-once.ts'

export type TestMail = { fate: TestMailFate; reply: string; to: string; messageId: string }

/** Sends one mail at once and waits for the server's answer. It is none of the outbox, so that it tells of now. */
export async function sendTestMail(
  deps: Pick<AccessDeps, 'transport' | 'letters' | 'gate'>,
  { name, email }: { name: string; email: string },
  at: Instant,
): Promise<TestMail> {
  const replyTo = replyToOf(deps.letters, (await bureauOf(deps.gate, email))?.contact)
  const letter = composeTestMail({ name, at, contact: replyTo, trial: deps.letters.trial })
  const { fate, messageId } = await sendLetter(deps, { to: email, replyTo }, letter)
  return { fate: FATES[fate.kind], reply: fate.reply, to: email, messageId }
}

const FATES: Record<Fate['kind'], TestMailFate> = {
  accepted: 'accepted',
  retry: 'deferred',
  failed: 'failed',
  unknown: 'unknown',
  halt: 'held',
}
