import type { JoinedIds } from '../../domain/obligation/counted-lists.ts'
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
  obligations: JoinedIds
  obligation: string
  externalId: string | null
  title: string
  cause: Cause | null
}

/** A group's own facts, and those of the one that speaks for all of it. */
const COLUMNS = `w.office, w.person, w.owner, w.stage, w.deadline, w.level, w."dueOn", w."dueAt", w.count, w.obligations,
  w.obligation, d.kind, d.label, o.external_id as "externalId", o.title, o.cause, a.working_days as "workingDays"`
/** How many there are, which, and the one of them that speaks for all. */
const COUNTED = `count(*)::int as count, string_agg(o.id, ',') as obligations, min(o.id) as obligation`

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
  // Counted without their texts, so that many thousands are grouped without being sorted.
  return rows(
    sql,
    `with works as (
       select o.holder_office as office, o.holder_person as person, o.office as owner, o.stage, a.deadline, o.level,
              o.holder_due_on as "dueOn", o.holder_due_at as "dueAt", ${COUNTED}
         from obligations o join assignments a on a.obligation = o.id and a.ended_at is null and a.stage = o.stage
        where o.holder_office = any($1) and (o.stage = 'review' or (o.stage in (${PERFORMING}) and o.holder_due_at > $2))
        group by 1, 2, 3, 4, 5, 6, 7, 8),
     ranked as (
       select *, row_number() over (partition by office, person, stage = 'review' order by "dueAt", deadline) as nth from works)
     ${withTheFirst('ranked', 'w.nth <= $3')}`,
    [offices, ts(now), atMost],
  )
}

/** Requests for more time and offers of a hand-over that wait for an answer of these offices, late or not, first due first: all of them. */
export function heldAnswers(sql: Sql, offices: readonly string[]): Promise<HeldWorkRow[]> {
  return rows(
    sql,
    `with answers as (${BESIDE_STAGES.map(answersAt).join(' union all ')}) ${withTheFirst('answers', 'true')}`,
    [offices],
  )
}

/** A condition of each stage alone, so that the index of its open turns serves. */
function answersAt(stage: BesideStage): string {
  return `select a.office, a.person, o.office as owner, a.stage, a.deadline, d.level, a.due_on as "dueOn", a.due_at as "dueAt", ${COUNTED}
            from assignments a join obligations o on o.id = a.obligation join deadlines d on d.id = a.deadline
           where a.ended_at is null and a.stage = '${stage}' and a.office = any($1)
           group by 1, 2, 3, 4, 5, 6, 7, 8`
}

/** The groups of which this holds, each with what speaks for it. */
function withTheFirst(groups: string, condition: string): string {
  return `select ${COLUMNS}
      from ${groups} w join deadlines d on d.id = w.deadline join obligations o on o.id = w.obligation
      join assignments a on a.obligation = w.obligation and a.deadline = w.deadline and a.stage = w.stage and a.ended_at is null
     where ${condition} order by w."dueAt", w.deadline`
}
