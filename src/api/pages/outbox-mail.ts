import type { Sql } from '../../db/pool.ts'
import { mails } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, computed, selectRow } from '../../db/select-columns.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { InboxMail } from '../../mail/trial-inbox.ts'

const STORED = allOf(
  columns(mails, 'm', ['id', 'messageId', 'subject', 'text', 'html', 'headers']),
  columnsAs(mails, 'm', { to: 'toAddress' }),
  computed<{ at: Instant }>({ at: 'coalesce(m.settled_at, m.composed_at)' }),
)

/** A mail of the outbox in the shape of the mail page: archived mails never reached an inbox. */
export async function mailFromOutbox(sql: Sql, id: string): Promise<InboxMail | null> {
  const found = await selectRow(sql, STORED, 'from mails m where id = $1', [id])
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
