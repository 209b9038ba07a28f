import type { Day, Instant } from '../../domain/time/days.ts'
import {
  BESIDE_STAGES,
  type BesideStage,
  type Cause,
  type Kind,
  type Level,
  type Stage,
} from '../../domain/obligation/vocabulary.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'

/**
 * What one holder (`office`, `person`) has behind one deadline, counted. Id, title, cause and days are those of the lowest
 * obligation id among them; `owner` is the office that owes it. Of answers the level and
 * the days are those of the deadline. What is late to perform stands in late-items.ts.
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
  /** All of them. */
  obligations: string[]
  obligation: string
  externalId: string | null
  title: string
  cause: Cause | null
}

const COLUMNS = `i.office, i.person, i.owner, i.stage, i.deadline, i.kind, i.label, i.level, i."dueOn", i."dueAt", i.count,
  i.obligations, i.obligation, i."externalId", i.title, i.cause, i."workingDays"`
/** How many there are, and the one of them that speaks for all. */
const ONE_OF_THEM = `count(*)::int as count, array_agg(o.id) as obligations, min(o.id) as obligation,
  (array_agg(o.external_id order by o.id))[1] as "externalId", (array_agg(o.title order by o.id))[1] as title,
  (array_agg(o.cause order by o.id))[1] as cause, (array_agg(a.working_days order by o.id))[1] as "workingDays"`

/**
 * What waits at these offices: every review, and what is to be performed and is not late. First due first, at most so many of
 * each in each office, and of what names nobody and each person apart.
 */
export function heldWork(
  sql: Sql,
  offices: readonly string[],
  now: Instant,
  atMost: number,
): Promise<HeldWorkRow[]> {
  return rows(
    sql,
    `select ${COLUMNS} from unnest($1::text[]) as f(code), (values (true), (false)) as s(reviewing),
            lateral (select o.holder_office as office, o.holder_person as person, o.office as owner, o.stage,
                            d.id as deadline, d.kind, d.label, o.level, o.holder_due_on as "dueOn", o.holder_due_at as "dueAt",
                            ${ONE_OF_THEM},
                            row_number() over (partition by o.holder_person order by o.holder_due_at, d.id) as nth
                       from obligations o join assignments a on a.obligation = o.id and a.ended_at is null and a.stage = o.stage
                       join deadlines d on d.id = a.deadline
                      where o.holder_office = f.code and (o.stage = 'review') = s.reviewing
                        and (o.stage = 'review' or (o.stage in (${PERFORMING}) and o.holder_due_at > $2))
                      group by o.holder_office, o.holder_person, o.office, o.stage, d.id, d.kind, d.label, o.level,
                               o.holder_due_on, o.holder_due_at) i
      where i.nth <= $3 order by i."dueAt", i.deadline`,
    [offices, ts(now), atMost],
  )
}

/** Requests for more time and offers of a hand-over that wait for an answer of these offices, late or not, first due first: all of them. */
export function heldAnswers(sql: Sql, offices: readonly string[]): Promise<HeldWorkRow[]> {
  return rows(
    sql,
    `select ${COLUMNS}
       from (${BESIDE_STAGES.map(answersAt).join(' union all ')}) i order by i."dueAt", i.deadline`,
    [offices],
  )
}

/** A condition of each stage alone, so that the index of its open turns serves. */
function answersAt(stage: BesideStage): string {
  return `select a.office, a.person, o.office as owner, a.stage, d.id as deadline, d.kind, d.label, d.level,
                 a.due_on as "dueOn", a.due_at as "dueAt", ${ONE_OF_THEM}
            from assignments a join obligations o on o.id = a.obligation join deadlines d on d.id = a.deadline
           where a.ended_at is null and a.stage = '${stage}' and a.office = any($1)
           group by a.office, a.person, o.office, a.stage, d.id, d.kind, d.label, d.level, a.due_on, a.due_at`
}
