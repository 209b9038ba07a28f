import type { Instant } from '../../domain/time/days.ts'
import type { MomentForm } from '../../domain/escalation/moment-form.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'

// For bench/scale.ts, until it imports it from there.
export { officeCounts } from '../obligations/office-counts.ts'

export type LatestMail = {
  id: string
  toName: string
  subject: string
  state: string
  reply: string | null
  composedAt: Instant
}

export function latestMails(sql: Sql, limit: number): Promise<LatestMail[]> {
  return rows(
    sql,
    `select m.id, p.name as "toName", m.subject, m.state, m.reply, m.composed_at as "composedAt"
       from mails m join people p on p.id = m.person order by m.composed_at desc, m.id desc limit $1`,
    [limit],
  )
}

/** How many mails there are in each state. */
export async function mailCounts(sql: Sql, since: Instant) {
  return rows<{ state: string; n: number }>(
    sql,
    'select state, count(*) as n from mails where composed_at >= $1 group by state order by state',
    [ts(since)],
  )
}

export type WhyRow = {
  what: string
  kind: string
  momentForm: MomentForm | null
  audience: { to: string; roles?: string[] } | null
  officeName: string | null
  label: string | null
  firedAt: Instant | null
}

/** The notices behind a mail: what happened, and on which rung its recipient stands. */
export function whyOfMail(sql: Sql, messageId: string): Promise<WhyRow[]> {
  return rows(
    sql,
    `select coalesce(n.detail, '') as what, n.kind, n.moment_form as "momentForm", n.audience, f.name as "officeName", d.label,
            n.created_at as "firedAt"
       from mails m join notifications n on n.mail = m.id
       left join deadlines d on d.id = n.deadline left join offices f on f.code = d.office
      where m.message_id = $1 order by n.id`,
    [messageId],
  )
}
