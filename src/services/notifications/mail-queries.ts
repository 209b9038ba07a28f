import { type Day, dayOf, endOfDay, instantAt, type Instant } from '../../domain/time/days.ts'
import type { Audience } from '../../domain/escalation/audience.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import { mails } from '../../db/schema/index.ts'
import { columns, type RowsOf } from '../../db/select-columns.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'
import type { NotReached } from './store.ts'

const FATE = columns(mails, 'm', [
  ...([
    'state',
    'attempts',
    'reply',
    'refusalAbout',
    'bouncedAt',
    'supersededBy',
    'composedAt',
    'settledAt',
  ] as const),
])
export type MailRow = {
  id: string
  messageId: string
  to: string
  personId: string
  personName: string
  subject: string
  roundAt: Instant
} & RowsOf<typeof FATE>
export type MailContent = MailRow & { text: string; html: string; headers: Record<string, string> }

const COLUMNS = `m.id, m.message_id as "messageId", m.to_address as "to", p.id as "personId", p.name as "personName", m.subject, ${FATE}, r.at as "roundAt"`
const FROM = 'from mails m join people p on p.id = m.person join rounds r on r.id = m.round'

export type MailSearch = {
  state?: string | undefined
  person?: string | undefined
  office?: string | undefined
  from?: Day | undefined
  to?: Day | undefined
}

/** Newest first. An office's mails are those to whoever has a role in it or below it. */
export function listMails(
  sql: Sql,
  search: MailSearch,
  page: { after: { at: Instant; id: string } | null; limit: number },
): Promise<MailRow[]> {
  return rows(
    sql,
    `select ${COLUMNS} ${FROM} where ($1::text is null or m.state = $1) and ($2::text is null or m.person = $2)
       and ($3::text is null or exists (select 1 from person_roles pr
             where pr.person = m.person and (pr.office = $3 or pr.office ^@ ($3 || '.'))))
       and ($4::timestamptz is null or r.at >= $4) and ($5::timestamptz is null or r.at < $5)
       and ($6::timestamptz is null or (m.composed_at, m.id) < ($6, $7))
     order by m.composed_at desc, m.id desc limit $8`,
    [
      search.state ?? null,
      search.person ?? null,
      search.office ?? null,
      search.from ? ts(instantAt(search.from, '00:00')) : null,
      search.to ? ts(endOfDay(search.to)) : null,
      page.after ? ts(page.after.at) : null,
      page.after?.id ?? null,
      page.limit,
    ],
  )
}

/** Whether the reader sees a mail: one of their own, or of somebody in their scope (row-level security). */
export async function mailKnown(sql: Sql, id: string): Promise<boolean> {
  const found = await row<{ id: string }>(sql, 'select id from mails where id = $1', [id])
  return found !== undefined
}

export function mailById(sql: Sql, id: string): Promise<MailContent | undefined> {
  return row(
    sql,
    `select ${COLUMNS}, m.text_body as text, m.html_body as html, m.headers ${FROM} where m.id = $1`,
    [id],
  )
}

/** How many late obligations the last digest of each of these people reported, and on which day. */
export async function lateCountsBefore(
  sql: Sql,
  people: readonly string[],
): Promise<Map<string, { count: number; on: Day }>> {
  const found = await rows<{ person: string; late: number; at: Instant }>(
    sql,
    `select p.id as person, m.late_count as late, m.composed_at as at
       from unnest($1::text[]) as p(id),
            lateral (select late_count, composed_at from mails
                      where person = p.id and late_count is not null and state not in ('failed','superseded','moot')
                      order by composed_at desc, id desc limit 1) m`,
    [people],
  )
  return new Map(found.map(({ person, late, at }) => [person, { count: late, on: dayOf(at) }]))
}

/**
 * Of everything late in a county that is still open: which audiences have been told, by the office that owes it; also of what a recount
 * has put behind another deadline and left late.
 */
export function toldOfLate(
  sql: Sql,
  county: string,
  now: Instant,
): Promise<{ office: string; audience: Audience }[]> {
  return rows(
    sql,
    `select distinct d.office, n.audience from deadlines d join notifications n on n.deadline = d.id left join mails m on m.id = n.mail
      where d.county = $1 and d.stage in (${PERFORMING}) and d.due_at <= $2 and n.audience is not null
        and (m.state in ('queued','sending','accepted','archived') or (n.state = 'queued' and n.round_at <= $2))
        and n.kind in ('overdue','escalation','passed-on','copied')
        and (exists (select from assignments a where a.deadline = d.id and a.ended_at is null)
          or d.id in (select r.deadline from recounts r join assignments a on a.id = r.assignment
                       where a.ended_at is null and a.due_at <= $2))`,
    [county, ts(now)],
  )
}

export type NotReachedRow = {
  id: string
  officeCode: string
  officeName: string
  role: string
  person: string | null
  reason: NotReached['reason']
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
