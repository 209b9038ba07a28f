import type { Day, Instant } from '../../domain/time/days.ts'
import type { MomentForm } from '../../domain/escalation/moment-form.ts'
import type { Firing } from '../../domain/escalation/moments.ts'
import type { Cause, Kind, Level, MailState, OfficeKind, Stage } from '../../domain/obligation/vocabulary.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'

export type DeadlineRow = {
  id: string
  county: string
  office: string
  officeName: string
  officeKind: OfficeKind
  dueAt: Instant
  dueOn: Day
  rule: string
  kind: Kind
  level: Level | null
  stage: Stage
  label: string
  policy: string
  obligation: string | null
  startedAt: Instant
  joins: number
  silentUntil: Instant | null
  /** While the county prepares, nothing fires. */
  mailState: MailState
}

const COLUMNS = `d.id, d.county, d.office, o.name as "officeName", o.kind as "officeKind", d.due_at as "dueAt", d.due_on as "dueOn",
  d.rule, d.kind, d.level, d.stage, d.label, d.policy, d.obligation, d.started_at as "startedAt", d.joins, d.silent_until as "silentUntil",
  (select c.mail_state from counties c where c.office = d.county) as "mailState"`

export function deadlineById(sql: Sql, id: string): Promise<DeadlineRow | undefined> {
  return row(sql, `select ${COLUMNS} from deadlines d join offices o on o.code = d.office where d.id = $1`, [
    id,
  ])
}

/** Holds off assignments that want to join while a firing decides who is told. */
export function lockDeadline(tx: Sql, id: string): Promise<DeadlineRow | undefined> {
  return row(
    tx,
    `select ${COLUMNS} from deadlines d join offices o on o.code = d.office where d.id = $1 for update of d`,
    [id],
  )
}

export function deadlinesById(sql: Sql, ids: readonly string[]): Promise<DeadlineRow[]> {
  return rows(
    sql,
    `select ${COLUMNS} from deadlines d join offices o on o.code = d.office where d.id = any($1)`,
    [ids],
  )
}

/** How many are still open behind a deadline, and the person named where exactly one is. */
export async function openMembers(
  sql: Sql,
  deadline: string,
): Promise<{ count: number; person: string | null }> {
  const found = await row<{ count: number; person: string | null; persons: number; unnamed: number }>(
    sql,
    `select count(*) as count, min(person) as person, count(distinct person) as persons,
            count(*) filter (where person is null) as unnamed
       from assignments where deadline = $1 and ended_at is null`,
    [deadline],
  )
  if (!found) return { count: 0, person: null }
  return { count: found.count, person: found.persons === 1 && found.unnamed === 0 ? found.person : null }
}

export type Item = {
  deadline: string
  obligation: string
  externalId: string | null
  title: string
  cause: Cause | null
}

/** The open items behind each deadline: how many, and the first few of them for a digest. */
export async function openItems(sql: Sql, deadlines: readonly string[], atMost: number) {
  const found = await rows<Item & { total: number }>(
    sql,
    `select d.id as deadline, i.obligation, i.external_id as "externalId", i.title, i.cause, i.total
       from unnest($1::text[]) as d(id),
            lateral (select o.id as obligation, o.external_id, o.title, o.cause, count(*) over () as total
                       from assignments a join obligations o on o.id = a.obligation
                      where a.deadline = d.id and a.ended_at is null
                      order by o.issued_at, o.id limit $2) i`,
    [deadlines, atMost],
  )
  const byDeadline = new Map<string, { total: number; items: Item[] }>()
  for (const { total, ...item } of found) {
    const entry = byDeadline.get(item.deadline) ?? { total, items: [] }
    entry.items.push(item)
    byDeadline.set(item.deadline, entry)
  }
  return byDeadline
}

export type FiringRow = {
  moment: string
  form: MomentForm
  at: Instant
  firedAt: Instant
  joins: number
  collapsedInto: string | null
  openCount: number
  notifiedCount: number
}

export function firingsOf(sql: Sql, deadline: string): Promise<FiringRow[]> {
  return rows(
    sql,
    `select moment, moment_form as form, at, fired_at as "firedAt", joins, collapsed_into as "collapsedInto",
            open_count as "openCount", notified_count as "notifiedCount"
       from firings where deadline = $1 order by at, moment`,
    [deadline],
  )
}

export type NewFiring = Pick<Firing, 'moment' | 'form' | 'at' | 'collapsed'> & {
  deadline: string
  joins: number
  openCount: number
  notifiedCount: number
}

/** Records the moment and those collapsed into it. @returns false when it had been recorded already. */
export async function recordFiring(tx: Sql, firing: NewFiring, now: Instant): Promise<boolean> {
  const all = [firing, ...firing.collapsed]
  const inserted = await rows<{ moment: string }>(
    tx,
    `insert into firings (deadline, fired_at, joins, open_count, moment, moment_form, at, collapsed_into, notified_count)
     select $1, $2, $3, $4, m, form, at, case when m <> $5 then $5 end, case when m = $5 then $6::int else 0 end
       from unnest($7::text[], $8::jsonb[], $9::timestamptz[]) as x(m, form, at)
     on conflict do nothing returning moment`,
    [
      firing.deadline,
      ts(now),
      firing.joins,
      firing.openCount,
      firing.moment,
      firing.notifiedCount,
      all.map((m) => m.moment),
      all.map((m) => JSON.stringify(m.form)),
      all.map((m) => ts(m.at).toISOString()),
    ],
  )
  return inserted.some((i) => i.moment === firing.moment)
}
