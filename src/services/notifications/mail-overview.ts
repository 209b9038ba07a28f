import type { Day, Instant } from '../../domain/time/days.ts'
import type { MomentForm } from '../../domain/escalation/moment-form.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { dueToday, everLate, inReview, overdue, performing } from '../obligations/turn-clocks.ts'

export type OfficeCounts = {
  code: string
  name: string
  kind: string
  red: number
  orange: number
  yellow: number
  other: number
  dueToday: number
  overdue: number
  oldestDueOn: Day | null
  inReview: number
  done: number
  doneLate: number
}

/** Every office that owes or owed something: open by level, due today, overdue, done, done late (R17). */
export function officeCounts(sql: Sql, county: string, now: Instant, today: Day): Promise<OfficeCounts[]> {
  return rows(
    sql,
    `select f.code, f.name, f.kind,
       count(*) filter (where o.level = 'red' and ${performing('o')}) as red,
       count(*) filter (where o.level = 'orange' and ${performing('o')}) as orange,
       count(*) filter (where o.level = 'yellow' and ${performing('o')}) as yellow,
       count(*) filter (where o.level is null and ${performing('o')}) as other,
       count(*) filter (where ${dueToday('o', '$3')}) as "dueToday",
       count(*) filter (where ${overdue('o', '$2')}) as overdue,
       min(o.holder_due_on) filter (where ${overdue('o', '$2')}) as "oldestDueOn",
       count(*) filter (where ${inReview('o')}) as "inReview",
       count(*) filter (where o.state = 'accepted') as done,
       count(*) filter (where o.state = 'accepted' and ${everLate('o', '$2')}) as "doneLate"
     from obligations o join offices f on f.code = o.office
     where o.county = $1
     group by f.code order by overdue desc, f.kind desc, f.code`,
    [county, ts(now), today],
  )
}

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

/** Mails by fate, and how many people could not be reached. */
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
