import type { LetterDeps } from '../services/deps.ts'
import { rows, type Pool } from '../db/pool.ts'
import { replyToOf } from '../mail/reply-to.ts'
import type { MailTransport } from '../mail/transport.ts'

type Archived = {
  messageId: string
  to: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
  threadId: string
  contact: string
}

/** As many as a newcomer looks through. */
const MAILS = 20

/**
 * Puts the latest digests of a demonstration's past into the trial inbox, so that it shows at once what the product
 * sends. They stay archived in the outbox: none of them is sent.
 */
export async function fillInbox(pool: Pool, transport: MailTransport, letters: LetterDeps): Promise<void> {
  const latest = await rows<Archived>(
    pool,
    `select message_id as "messageId", to_address as "to", subject, text_body as text, html_body as html, headers,
            thread_id as "threadId", c.contact
       from (select * from mails where state = 'archived' order by composed_at desc, subject limit $1) m
       join counties c on c.office = m.county
      order by composed_at, subject desc`,
    [MAILS],
  )
  const { from } = letters
  for (const { threadId, contact, ...mail } of latest)
    await transport.send({ ...mail, from, replyTo: replyToOf(letters, contact), references: [threadId] })
}
