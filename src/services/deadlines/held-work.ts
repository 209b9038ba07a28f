import type { Day, Instant } from '../../domain/time/days.ts'
import type { Cause, Kind, Level, Stage } from '../../domain/obligation/vocabulary.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'

/**
 * What one holder (`office`, `person`) has behind one deadline, counted. Id, title, cause and days are those of the lowest
 * obligation id among them; `owner` is the office that owes it. What is late to perform stands in late-items.ts.
 */
export type HeldWorkRow = {
  office: string
  person: string | null
  owner: string
  kind: Kind
  stage: Stage
  deadline: string
  label: string
  level: Level | null
  dueOn: Day
  dueAt: Instant
  /** Null where a document names the day. */
  workingDays: number | null
  count: number
  obligation: string
  externalId: string | null
  title: string
  cause: Cause | null
}

/**
 * What waits at these offices: every review, and what is to be performed and is not late. First due first, at most so many of
 * each in each office.
 */
export function heldWork(
  sql: Sql,
  offices: readonly string[],
  now: Instant,
  atMost: number,
): Promise<HeldWorkRow[]> {
  return rows(
    sql,
    `select i.* from unnest($1::text[]) as f(code), (values (true), (false)) as s(reviewing),
            lateral (select o.holder_office as office, o.holder_person as person, o.office as owner, o.stage,
                            d.id as deadline, d.kind, d.label, o.level, o.holder_due_on as "dueOn", o.holder_due_at as "dueAt",
                            count(*)::int as count, min(o.id) as obligation,
                            (array_agg(o.external_id order by o.id))[1] as "externalId",
                            (array_agg(o.title order by o.id))[1] as title, (array_agg(o.cause order by o.id))[1] as cause,
                            (array_agg(a.working_days order by o.id))[1] as "workingDays"
                       from obligations o join assignments a on a.obligation = o.id and a.ended_at is null and a.stage = o.stage
                       join deadlines d on d.id = a.deadline
                      where o.holder_office = f.code and (o.stage = 'review') = s.reviewing
                        and (o.stage = 'review' or (o.stage in (${PERFORMING}) and o.holder_due_at > $2))
                      group by o.holder_office, o.holder_person, o.office, o.stage, d.id, d.kind, d.label, o.level,
                               o.holder_due_on, o.holder_due_at
                      order by o.holder_due_at, d.id limit $3) i
      order by i."dueAt", i.deadline`,
    [offices, ts(now), atMost],
  )
}
