import type { Kind, Level, Stage } from '../../domain/obligation/vocabulary.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'

/** What the day of an open assignment rests on, but for pauses and extensions. */
export type OpenWork = {
  office: string
  person: string | null
  kind: Kind
  level: Level | null
  stage: Stage
  policy: string
  rule: string
  startOn: Day
  workingDays: number | null
  dueOn: Day
  dueAt: Instant
  provisional: boolean
}
/** Open assignments that are alike in all of it. */
export type WorkGroup = OpenWork & { count: number }
/** One open assignment. */
export type WorkRow = OpenWork & {
  assignment: string
  obligation: string
  deadline: string
  /** By number or title. */
  name: string
  root: string
  limitOn: Day
  /** A pause or an extension moved it. */
  postponed: boolean
}

/** The open work of a county, or of some of its offices. */
export type Reach = { county: string; offices: readonly string[] | null }

const WORK = `d.office, a.person, d.kind, d.level, d.stage, d.policy, d.rule, a.start_on as "startOn", a.working_days as "workingDays",
  a.due_on as "dueOn", a.due_at as "dueAt", a.provisional`
const OPEN = `from assignments a join deadlines d on d.id = a.deadline
  where a.ended_at is null and d.county = $1 and ($2::text[] is null or d.office = any($2))`

/** Pauses and extensions move whoever performs. Few assignments have any, so most are counted by groups. */
const POSTPONED = `(a.stage in (${PERFORMING}) and (
  exists (select from pauses p where p.origin = coalesce(a.origin, a.id))
  or exists (select from extensions x where x.origin = coalesce(a.origin, a.id))))`

/** All that nothing postponed, by what its day rests on: a million assignments are some thousand groups. */
export function workGroups(sql: Sql, { county, offices }: Reach): Promise<WorkGroup[]> {
  return rows(
    sql,
    `select ${WORK}, count(*)::int as count ${OPEN} and not ${POSTPONED}
      group by d.office, a.person, d.kind, d.level, d.stage, d.policy, d.rule, a.start_on, a.working_days, a.due_on, a.due_at,
               a.provisional
      order by a.due_at, d.office`,
    [county, offices],
  )
}

/** A pause goes on from the work that it stopped, and has a day of its own. */
const ROW = `${WORK}, a.id as assignment, a.obligation, a.deadline, coalesce(o.external_id, '「' || o.title || '」') as name,
  coalesce(a.origin, a.id) as root, ${POSTPONED} as postponed,
  case when a.stage = 'pause' then a.due_on
       else (select r.due_on from assignments r where r.id = coalesce(a.origin, a.id)) end as "limitOn"`
const ROWS = OPEN.replace('where', 'join obligations o on o.id = a.obligation where')

/** What a pause or an extension moved, one by one. */
export function postponedWork(sql: Sql, { county, offices }: Reach): Promise<WorkRow[]> {
  return rows(sql, `select ${ROW} ${ROWS} and ${POSTPONED} order by a.due_at, a.id`, [county, offices])
}

/** All of it, page by page in the order of ids. */
export function workPage(
  sql: Sql,
  { county, offices }: Reach,
  after: string,
  limit: number,
): Promise<WorkRow[]> {
  return rows(sql, `select ${ROW} ${ROWS} and a.id > $3 order by a.id limit $4`, [
    county,
    offices,
    after,
    limit,
  ])
}

/** Some of what stands in these groups, first due first. */
export function workOfGroups(
  sql: Sql,
  { county, offices }: Reach,
  groups: readonly OpenWork[],
  limit: number,
): Promise<WorkRow[]> {
  return rows(
    sql,
    `select ${ROW}
       from unnest($3::text[], $4::timestamptz[]) as g(office, due_at)
       join obligations o on o.holder_office = g.office and o.holder_due_at = g.due_at and o.stage is not null
       join assignments a on a.obligation = o.id and a.ended_at is null
       join deadlines d on d.id = a.deadline and d.office = g.office and d.due_at = g.due_at
      where o.county = $1 and ($2::text[] is null or d.office = any($2)) and not ${POSTPONED}
      order by a.due_at, a.id limit $5`,
    [county, offices, ...distinctPlaces(groups), limit],
  )
}

function distinctPlaces(groups: readonly OpenWork[]): [string[], Date[]] {
  const places = [...new Map(groups.map((group) => [`${group.office}/${group.dueAt}`, group])).values()]
  return [places.map(({ office }) => office), places.map(({ dueAt }) => new Date(dueAt))]
}
