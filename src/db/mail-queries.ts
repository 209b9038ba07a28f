import type { Instant } from '../domain/days.ts'
import { row, rows, type Sql, ts } from './pool.ts'

export type MailRow = {
  id: string
  messageId: string
  to: string
  person: string
  subject: string
  state: 'queued' | 'sending' | 'accepted' | 'failed' | 'archived'
  attempts: number
  reply: string | null
  composedAt: Instant
  settledAt: Instant | null
  roundAt: Instant
}
export type MailContent = MailRow & { text: string; html: string; headers: Record<string, string> }

const COLUMNS = `m.id, m.message_id as "messageId", m.to_address as "to", p.name as person, m.subject, m.state, m.attempts, m.reply,
  m.composed_at as "composedAt", m.settled_at as "settledAt", r.at as "roundAt"`
const FROM = 'from mails m join people p on p.id = m.person join rounds r on r.id = m.round'

/** Newest first. */
export function listMails(
  sql: Sql,
  search: { state?: string | undefined; to?: string | undefined },
  page: { after: { at: Instant; id: string } | null; limit: number },
): Promise<MailRow[]> {
  return rows(
    sql,
    `select ${COLUMNS} ${FROM} where ($1::text is null or m.state = $1) and ($2::text is null or m.to_address = $2)
       and ($3::timestamptz is null or (m.composed_at, m.id) < ($3, $4))
     order by m.composed_at desc, m.id desc limit $5`,
    [
      search.state ?? null,
      search.to ?? null,
      page.after ? ts(page.after.at) : null,
      page.after?.id ?? null,
      page.limit,
    ],
  )
}

export function mailById(sql: Sql, id: string): Promise<MailContent | undefined> {
  return row(
    sql,
    `select ${COLUMNS}, m.text_body as text, m.html_body as html, m.headers ${FROM} where m.id = $1`,
    [id],
  )
}

export type NotReachedRow = {
  id: string
  officeCode: string
  officeName: string
  role: string
  person: string | null
  reason: 'vacant' | 'undeliverable'
  passedTo: string | null
  at: Instant
}

export function listNotReached(
  sql: Sql,
  page: { after: { at: Instant; id: string } | null; limit: number },
): Promise<NotReachedRow[]> {
  return rows(
    sql,
    `select n.id, n.office as "officeCode", f.name as "officeName", n.role, p.name as person, n.reason, q.name as "passedTo", n.at
       from not_reached n join offices f on f.code = n.office left join people p on p.id = n.person
       left join people q on q.id = n.passed_to
      where $1::timestamptz is null or (n.at, n.id) < ($1, $2) order by n.at desc, n.id desc limit $3`,
    [page.after ? ts(page.after.at) : null, page.after?.id ?? null, page.limit],
  )
}
