import type { MailOutcome } from '../../domain/escalation/mail-fate.ts'
import { type Day, endOfDay, type Instant, instantAt } from '../../domain/time/days.ts'
import { linesOfCheck } from '../../domain/escalation/standing-check.ts'
import { momentLabel } from '../../domain/escalation/moment-label.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { recipientReason } from './recipient-reason.ts'
import type { QueuedNotification } from './store.ts'

/** How many mails of the rounds between two days there are in each state, told apart as `mailFateOf` does. */
export function mailOutcomes(sql: Sql, from: Day, to: Day): Promise<(MailOutcome & { count: number })[]> {
  return rows(
    sql,
    `select m.state, m.refusal_about as "refusalAbout", m.bounced_at is not null as bounced, count(*)::int as count
       from mails m join rounds r on r.id = m.round where r.at >= $1 and r.at < $2 group by 1, 2, 3`,
    [ts(instantAt(from, '00:00')), ts(endOfDay(to))],
  )
}

/** Why a mail was sent, one entry for each notification: what happened, and how the recipient was found. */
export type WhySent = { what: string; because: string; at: Instant } & Pick<QueuedNotification, 'kind'> & {
    moment: QueuedNotification['momentForm']
    officeCode: string | null
    officeName: string | null
  }

type WhyRow = Pick<QueuedNotification, 'kind' | 'momentForm' | 'audience' | 'undeliveredTo'> & {
  detail: string | null
  officeCode: string | null
  officeName: string | null
  label: string | null
  at: Instant
}

export async function whyOfMail(sql: Sql, messageId: string): Promise<WhySent[]> {
  const found = await rows<WhyRow>(
    sql,
    `select n.detail, n.kind, n.moment_form as "momentForm", n.audience, n.undelivered_to as "undeliveredTo",
            f.code as "officeCode", f.name as "officeName", d.label, n.created_at as at
       from mails m join notifications n on n.mail in (m.id, m.superseded_by)
       left join deadlines d on d.id = n.deadline left join offices f on f.code = d.office
      where m.message_id = $1 order by n.id`,
    [messageId],
  )
  return found.map((row) => ({
    what: occasionOf(row),
    because: recipientReason(row, row.officeName, '收件人'),
    at: row.at,
    kind: row.kind,
    moment: row.momentForm,
    officeCode: row.officeCode,
    officeName: row.officeName,
  }))
}

function occasionOf({ kind, officeName, label, momentForm, detail }: WhyRow): string {
  if (kind === 'standing-check' && detail !== null)
    return linesOfCheck(detail)
      .map(({ words }) => words)
      .join(';')
  return label && momentForm ? `${officeName} ${label}:${momentLabel(momentForm)}` : (detail ?? '')
}
