import { row, type Sql } from '../../db/pool.ts'
import type { InboxMail } from '../../mail/trial-inbox.ts'

type Stored = {
  id: string
  messageId: string
  to: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
  at: number
}

/** A mail of the outbox in the shape of the mail page: archived mails never reached an inbox. */
export async function mailFromOutbox(sql: Sql, id: string): Promise<InboxMail | null> {
  const found = await row<Stored>(
    sql,
    `select id, message_id as "messageId", to_address as "to", subject, text_body as text, html_body as html, headers,
            coalesce(settled_at, composed_at) as at from mails where id = $1`,
    [id],
  )
  if (!found) return null
  const { headers, at, ...mail } = found
  const lines = Object.entries({ 'Message-ID': mail.messageId, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return {
    ...mail,
    from: '',
    receivedAt: new Date(at).toISOString(),
    round: headers['X-Duban-Round'] ?? null,
    headers: lines,
    raw: '',
  }
}
