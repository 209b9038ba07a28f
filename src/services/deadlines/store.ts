import type { Day, Instant } from '../../domain/time/days.ts'
import type { OfficeKind } from '../../domain/obligation/vocabulary.ts'
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
  policy: string
  obligation: string | null
  startedAt: Instant
  joins: number
  silentUntil: Instant | null
}

const COLUMNS = `d.id, d.county, d.office, o.name as "officeName", o.kind as "officeKind", d.due_at as "dueAt", d.due_on as "dueOn",
  d.rule, d.policy, d.obligation, d.started_at as "startedAt", d.joins, d.silent_until as "silentUntil"`

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
  cause: string | null
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
  at: Instant
  firedAt: Instant
  joins: number
  collapsedInto: string | null
  members: number
  told: number
}

export function firingsOf(sql: Sql, deadline: string): Promise<FiringRow[]> {
  return rows(
    sql,
    `select moment, at, fired_at as "firedAt", joins, collapsed_into as "collapsedInto", members, told
       from firings where deadline = $1 order by at, moment`,
    [deadline],
  )
}

export type NewFiring = {
  deadline: string
  moment: string
  at: Instant
  collapsed: { moment: string; at: Instant }[]
  joins: number
  members: number
  told: number
}

/** Records the moment and those collapsed into it. @returns false when it had been recorded already. */
export async function recordFiring(tx: Sql, firing: NewFiring, now: Instant): Promise<boolean> {
  const all = [{ moment: firing.moment, at: firing.at }, ...firing.collapsed]
  const inserted = await rows<{ moment: string }>(
    tx,
    `insert into firings (deadline, fired_at, joins, members, moment, at, collapsed_into, told)
     select $1, $2, $3, $4, m, at, case when m <> $5 then $5 end, case when m = $5 then $6::int else 0 end
       from unnest($7::text[], $8::timestamptz[]) as x(m, at)
     on conflict do nothing returning moment`,
    [
      firing.deadline,
      ts(now),
      firing.joins,
      firing.members,
      firing.moment,
      firing.told,
      all.map((m) => m.moment),
      all.map((m) => ts(m.at).toISOString()),
    ],
  )
  return inserted.some((i) => i.moment === firing.moment)
}
